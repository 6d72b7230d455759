import ArgumentParser
import Operations
import Tasks

/// `pnbook task list`.
struct TaskList: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the newest tasks.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @Option(name: .long, help: ArgumentHelp("How many tasks at most.", valueName: "count"))
    var limit = 20

    mutating func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    mutating func run(_ context: CommandContext) throws {
        let store = try context.run.storedTasks()
        let tasks = try store.map { store in try store.list(limit: limit).map(store.settled) } ?? []
        switch form.format {
        case .priceforge:
            try context.streams.output.write(document: JSONDocument.pretty(tasks.map(HostTaskDocument.init)))
        case .pnbook:
            let names = try store?.shortNames(least: TaskListResult.shortestName) ?? [:]
            try context.print(TaskListResult(tasks: tasks, names: names))
        }
    }
}
