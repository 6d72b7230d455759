import ArgumentParser
import Operations
import Tasks

/// `pnbook task cancel ID`.
struct TaskCancel: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask a running task to undo its work and end.",
        discussion: "The task's own process does that, on any host, within a few seconds; see 'task watch'.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        let store = try context.run.writableTasks()
        guard let task = try store.find(id) else { throw TaskError.notFound(id) }
        guard try store.requestCancel(id, by: context.run.trigger.description) else {
            throw TaskError.notRunning(id, try store.find(id)?.status ?? task.status)
        }
        try context.print(TaskCancelResult(record: try store.find(id) ?? task))
    }
}
