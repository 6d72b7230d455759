import ArgumentParser
import ErrorModel
import Logging
import Operations
import Tasks

/// `pnbook task watch [ID]`: follows a run in another process to its end.
struct TaskWatch: Command {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a task to its end, and exit as it did.",
        discussion: """
            Shows its progress as the run itself does, then what it has made. Exits as the watched run does. If that is not known (a run presumed dead, or another program's task): 0 if it \
            completed, 143 if it was cancelled, 1 if it failed. With --fail-on-warnings 3 if it ended with warnings.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @Flag(name: .long, help: "Exit 3 if the task ended with warnings.")
    var failOnWarnings = false

    @OptionGroup var task: TaskArgument

    mutating func run(_ context: CommandContext) throws {
        let id = try task.find(in: try context.run.storedTasks()).id
        let task = try follow(id, context)
        let code = Self.code(of: task, failOnWarnings)
        try context.print(
            task, as: form.format,
            failure: code == 0 ? nil : ErrorReport(code: code, message: DisplayText(task.errorMessage ?? task.message)))
    }

    /// Shows the task as one of this process is shown, until it has ended.
    private func follow(_ id: String, _ context: CommandContext) throws -> TaskRecord {
        let (run, logger) = (context.run, context.logger)
        var watcher = TaskWatcher(id: id) { try run.storedTasks() }
        watcher.observers = run.observers
        watcher.onOutage = { logger.inform("\($0); looking again") }
        defer { watcher.observers.drain(timeout: .seconds(2)) }
        return try watcher.follow()
    }

    private static func code(of task: TaskRecord, _ failOnWarnings: Bool) -> Int32 {
        if failOnWarnings, task.status == .completedWithWarnings { return ExitStatus.warnings.rawValue }
        if let code = task.exitCode { return code }
        return switch task.status {
        case .completed, .completedWithWarnings: 0
        case .cancelled: 143
        case .failed, .pending, .running: ExitStatus.failed.rawValue
        }
    }
}
