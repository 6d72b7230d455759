import ArgumentParser
import Operations
import Tasks

/// The task that a command is about.
struct TaskArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The task's id, or a beginning of it that is no other's. (default: the task that is running)",
            valueName: "id"))
    var id: String?

    /// The named task, or the one that is running.
    ///
    /// - Parameter store: nil where no task has ever been stored.
    /// - Throws: `TaskError` where there is none, or more than one.
    func find(in store: TaskStore?) throws -> TaskRecord {
        guard let store else { throw id.map(TaskError.notFound) ?? .noneRunning(last: nil) }
        return try id.map(store.task(named:)) ?? store.runningTask()
    }
}
