import Database
import ArgumentParser
import Chronology
import PartnumberBooks
import Tasks

/// `pnbook task list|show`: the shared task model.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "See what runs and what ran.",
        subcommands: [TaskList.self, TaskShow.self])
}

/// `pnbook task list`.
struct TaskList: Verb {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the newest tasks.")

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: ArgumentHelp("How many tasks at most.", valueName: "count"))
    var limit = 20

    mutating func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1") }
    }

    mutating func run(_ context: AppContext) throws {
        let tasks = try context.storedTasks()?.list(limit: limit) ?? []
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(tasks: tasks.map(TaskDocument.init))))
        } else {
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
                String((task.startedAt ?? task.createdAt).readable.dropLast(4)), task.errorMessage ?? task.message)
        }
        return table.text
    }
}

/// `pnbook task show ID`.
struct TaskShow: Verb {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one task.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The task's id, as 'task list' prints it.")
    var id: String

    mutating func run(_ context: AppContext) throws {
        guard let task = try context.storedTasks()?.find(id) else { throw TaskError.notFound(id) }
        let document = TaskDocument(task)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(document))
        } else {
            try context.output.write(Self.text(task))
        }
    }

    private static func text(_ task: TaskRecord) -> String {
        var table = TextTable([.left, .left])
        table.add("task", task.id)
        table.add("type", task.type)
        table.add("status", "\(task.status.rawValue), \(task.progress) %")
        table.add("by", task.triggeredBy)
        table.add("started", task.startedAt?.readable ?? "not yet")
        table.add("ended", task.completedAt?.readable ?? "not yet")
        table.add("message", task.message)
        if let error = task.errorMessage { table.add("error", error) }
        if let result = task.result { table.add("result", result) }
        return table.text
    }
}

/// A task in JSON.
struct TaskDocument: Encodable {
    let schema = 1
    let id: String
    let type: String
    let status: String
    let progress: Int
    let message: String
    @ExplicitNull var result: JSONValue?
    @ExplicitNull var errorMessage: String?
    let triggeredBy: String
    let createdAt: Instant
    @ExplicitNull var startedAt: Instant?
    @ExplicitNull var completedAt: Instant?

    init(_ task: TaskRecord) {
        id = task.id
        type = task.type
        status = task.status.rawValue
        progress = task.progress
        message = task.message
        triggeredBy = task.triggeredBy
        createdAt = task.createdAt
        result = task.result.map(JSONValue.init(stored:))
        errorMessage = task.errorMessage
        startedAt = task.startedAt
        completedAt = task.completedAt
    }
}
