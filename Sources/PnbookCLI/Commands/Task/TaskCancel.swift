import ArgumentParser
import Operations
import Tasks

/// `pnbook task cancel [ID]`.
struct TaskCancel: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask a running task to undo its work and end.",
        discussion: "The task's own process does that, on any host, within a few seconds; see 'task watch'.")

    @OptionGroup var common: CommonOptions

    @OptionGroup var task: TaskArgument

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        let store = try context.run.writableTasks()
        let record = try task.find(in: store)
        let known = try store.settled(record)
        if !record.status.isFinal, known.status.isFinal { throw LostTask(task: record) }
        guard try store.requestCancel(record.id, by: context.run.trigger.description) else {
            throw TaskError.notRunning(record.id, try store.find(record.id)?.status ?? record.status)
        }
        try context.print(TaskCancelResult(record: try store.find(record.id) ?? record))
    }
}
