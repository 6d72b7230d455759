import Database
import ErrorModel
import Operations
import Tasks
import WebServer

/// Tasks of all types in the shared table, whoever runs them.
struct TasksRoutes: Sendable {
    private let context: PnbookWebContext
    private let reader: TaskReader
    private let reading: BlockingPool
    private let hub: WebSocketHub

    init(_ context: PnbookWebContext, _ reader: TaskReader, reading: BlockingPool, hub: WebSocketHub) {
        self.context = context
        self.reader = reader
        self.reading = reading
        self.hub = hub
    }

    var routes: [Route] {
        [
            Route("GET", "/api/tasks", .reading, answer: list),
            Route("GET", "/api/tasks/ws", .reading) { _ in .webSocket(hub) },
            Route("GET", "/api/tasks/:id", .reading, answer: show),
            Route("POST", "/api/tasks/:id/cancel", .changing, answer: cancel),
        ]
    }

    /// In which form tasks are asked for.
    private enum View: String {
        /// What the host's polling client reads (<doc:TaskModel#The-hosts-view>).
        case host
        case full
    }

    private static func view(_ call: WebCall) throws -> View {
        guard let text = try call.query("view") else { return .host }
        guard let view = View(rawValue: text) else { throw WebFailure.badRequest("'view' must be 'host' or 'full'") }
        return view
    }

    private static let mostTasks = 200

    private func list(_ call: WebCall) async throws -> WebReply {
        let view = try Self.view(call)
        let text = try call.query("limit") ?? "50"
        guard let limit = Int(text), (1...Self.mostTasks).contains(limit) else {
            throw WebFailure.badRequest("'limit' must be a number from 1 to \(Self.mostTasks)")
        }
        let active = try call.query("active") ?? "false"
        guard ["true", "false"].contains(active) else {
            throw WebFailure.badRequest("'active' must be 'true' or 'false'")
        }
        let tasks = try await reading.run { [context, reader] in
            try reader.list(in: try context.storedTasks(), limit: limit, onlyActive: active == "true")
        }
        switch view {
        case .host: return .response(try .json(TaskListDocument(tasks: tasks.map(HostTaskDocument.init))))
        case .full: return .response(try .json(TaskListDocument(tasks: tasks.map(TaskDocument.init))))
        }
    }

    private func show(_ call: WebCall) async throws -> WebReply {
        let view = try Self.view(call)
        let id = call.parameter("id")
        let task = try await reading.run { [context, reader] in
            try reader.task(id, in: try context.storedTasks())
        }
        guard let task else { throw TaskError.notFound(id.cut(to: 100)) }
        switch view {
        // As the command line prints it, to the byte.
        case .host: return .response(.json(text: try JSONDocument.pretty(HostTaskDocument(task))))
        case .full: return .response(try .json(OneTaskDocument(task: TaskDocument(task))))
        }
    }

    private func cancel(_ call: WebCall) async throws -> WebReply {
        try JSONBody(of: call.request).requireNothingElse()
        let id = call.parameter("id")
        let client = call.client.description
        let task = try await reading.run { [context, reader] in
            if let preview = reader.previews.cancel(id, by: client) { return preview }
            guard let known = try reader.task(id, in: try context.storedTasks()) else {
                throw TaskError.notFound(id.cut(to: 100))
            }
            guard known.status == .running else { throw TaskError.notRunning(known.id, known.status) }
            let store = TaskStore(try context.connections.open(.tasks))
            guard try store.requestCancel(id, by: client) else {
                throw TaskError.notRunning(id, try store.find(id)?.status ?? known.status)
            }
            return try store.find(id) ?? known
        }
        return .response(try .json(OneTaskDocument(task: TaskDocument(task)), status: 202))
    }
}

/// Tasks in a list, in JSON. Their results are not in it: each task's own address has it.
private struct TaskListDocument<Task: Encodable>: Encodable {
    let schema = JSONDocument.schema
    let tasks: [Task]
}

/// One task in full, as `task show` has it.
private struct OneTaskDocument: Encodable {
    let schema = JSONDocument.schema
    let task: TaskDocument
    @ExplicitNull var error: String?
}
