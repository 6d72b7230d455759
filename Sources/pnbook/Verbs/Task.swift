import ArgumentParser
import Chronology
import Database
import Foundation
import Logging
import PartnumberBooks
import Tasks

/// `pnbook task …`: the shared task model.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "See what runs and what ran; stop it; clean up.",
        subcommands: [TaskList.self, TaskShow.self, TaskWatch.self, TaskCancel.self, TaskClean.self])
}

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

    mutating func run(_ context: AppContext) throws {
        let tasks = try context.storedTasks()?.list(limit: limit) ?? []
        if form.format == .priceforge {
            try context.output.write(JSONDocument.pretty(tasks.map(HostTaskDocument.init)))
        } else if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(tasks: tasks.map(TaskDocument.init))))
        } else if !context.isQuiet {
            try context.output.write(Self.text(tasks))
        }
    }

    private struct Document: Encodable {
        let schema = 1
        let tasks: [TaskDocument]
    }

    private static func text(_ tasks: [TaskRecord]) -> String {
        if tasks.isEmpty { return "There are no tasks yet.\n" }
        var table = TextTable(
            [.left, .left, .left, .right, .left, .left],
            header: ["id", "type", "status", "%", "started (UTC)", "message"])
        for task in tasks {
            table.add(
                task.id, task.type, task.status.rawValue, String(task.progress),
                String((task.startedAt ?? task.createdAt).readable.dropLast(4)),
                Self.brief(task.errorMessage ?? task.message))
        }
        return table.text
    }

    /// A table's row is one line; 'task show' has the whole text.
    private static func brief(_ message: String) -> String {
        let line = message.firstLine ?? ""
        return line.count > 100 || line.count < message.count ? line.prefix(99) + "…" : line
    }
}

/// `pnbook task show ID`.
struct TaskShow: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one task.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: AppContext) throws {
        guard let task = try context.storedTasks()?.find(id) else { throw TaskError.notFound(id) }
        try context.write(task, form.format)
    }
}

/// `pnbook task watch ID`: follows a run in another process to its end.
struct TaskWatch: Command {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a task to its end, and say by the exit code how it ended.",
        discussion: """
            Exits as the watched run does. Where that is not known (a lost run, or another program's task): 0 when it is \
            completed, 143 when it was cancelled, 1 when it failed. With --fail-on-warnings 3 when it ended with warnings.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var form: TaskFormatOptions

    @Flag(name: .long, help: "Exit 3 when the task ended with warnings.")
    var failOnWarnings = false

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: AppContext) throws {
        let task = try follow(context)
        try context.write(task, form.format)
        let code = Self.code(of: task, failOnWarnings)
        if code != 0 { throw Ending(code: code) }
    }

    /// Says on the log what the task says, until it has ended.
    private func follow(_ context: AppContext) throws -> TaskRecord {
        let logger = context.logger
        let say = { @Sendable (percent: Int, message: String) in
            logger.info("\(TextTable.visible("\(percent) % \(message)"))")
        }
        var watcher = TaskWatcher(id: id) { try context.storedTasks() }
        watcher.observers.subscribe { update in
            guard case .progress(let progress) = update else { return }
            say(progress.percent, progress.message)
        }
        watcher.onOutage = { logger.info("\($0); looking again") }
        defer { watcher.observers.drain(timeout: .seconds(2)) }
        let task = try watcher.follow()
        watcher.observers.drain(timeout: .seconds(2))
        say(task.progress, task.message)
        return task
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

/// `pnbook task cancel ID`.
struct TaskCancel: Command {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ask a running task to undo its work and end.",
        discussion: "The task's own process does it, on whatever host, within a few seconds; see 'task watch'.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: AppContext) throws {
        try context.probeOutput()
        let store = try context.writableTasks()
        guard let task = try store.find(id) else { throw TaskError.notFound(id) }
        guard try store.requestCancel(id, by: context.triggeredBy.description) else {
            throw TaskError.notRunning(id, try store.find(id)?.status ?? task.status)
        }
        if !context.isQuiet, !context.isJSON {
            try context.output.write("Task \(id) was asked to end; follow it with 'pnbook task watch \(id)'.\n")
        } else if context.isJSON, let task = try store.find(id) {
            try context.write(task, .pnbook)
        }
    }
}

/// `pnbook task clean`.
struct TaskClean: Command {
    static let configuration = CommandConfiguration(
        commandName: "clean", abstract: "Remove old tasks; the last success and the last failure of each type stay.")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("Remove what ended longer ago than this.", valueName: "duration"))
    var olderThan = "\(TaskStore.keptDays)d"

    mutating func run(_ context: AppContext) throws {
        guard let seconds = ConcurrencyOptions.seconds(olderThan) else {
            throw UsageError(description: "--older-than '\(olderThan)' is no duration; write one such as 12h or 30d")
        }
        try context.probeOutput()
        let store = try context.writableTasks()
        try store.prepare()
        let removed = try store.clean(before: context.now.advanced(byMilliseconds: -Int64(seconds * 1000)))
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(["removed": removed]))
        } else if !context.isQuiet {
            try context.output.write("\(removed.counted("task")) removed.\n")
        }
    }
}

extension AppContext {
    /// Writes one task in the form that was asked for.
    fileprivate func write(_ task: TaskRecord, _ format: TaskFormatOptions.Format) throws {
        if format == .priceforge {
            try output.write(JSONDocument.pretty(HostTaskDocument(task)))
        } else if isJSON {
            try output.write(JSONDocument.pretty(TaskDocument(task)))
        } else {
            try output.write(task.text)
        }
    }
}

extension TaskRecord {
    fileprivate var text: String {
        var table = TextTable([.left, .left])
        table.add("task", id)
        table.add("type", type)
        table.add("status", "\(status.rawValue), \(progress) %")
        table.add("by", triggeredBy + (owner.map { ", process \($0.pid) on \($0.host)" } ?? ""))
        table.add("started", startedAt?.readable ?? "not yet")
        table.add("ended", completedAt?.readable ?? "not yet")
        if !status.isFinal, let heartbeatAt { table.add("last sign", heartbeatAt.readable) }
        if let cancelRequestedBy { table.add("cancel", "asked for by \(cancelRequestedBy)") }
        table.add("message", message)
        if let errorMessage { table.add("error", errorMessage) }
        if let result { table.add("result", result) }
        return table.text
    }
}
