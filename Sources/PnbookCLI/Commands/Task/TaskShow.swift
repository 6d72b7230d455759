import ArgumentParser
import Operations
import Tasks

/// `pnbook task show ID`.
struct TaskShow: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one task.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: CommandContext) throws {
        guard let task = try context.run.storedTasks()?.find(id) else { throw TaskError.notFound(id) }
        try context.print(task, as: form.format)
    }
}
