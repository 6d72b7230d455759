import Chronology
import Database
import ErrorModel
import PartnumberBooks
import Tasks

/// Checks what is running, what is presumed dead, and how the last nights went (``NightCheck``).
struct TaskCheck {
    private let context: RunContext
    private let connection: any Connection

    /// - Parameter connection: to the books; an account may have none to spare.
    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
    }

    func diagnoses() throws -> [Diagnosis] {
        guard let store = try context.storedTasks() else {
            return [.note("tasks", "nothing has run yet", fix: .createFirstBook)]
        }
        let running = try WorkKind.allCases.flatMap { try store.running($0) }
        let histories = try store.histories()
        let creations = histories.first { $0.type == TaskType.create.rawValue }
        return running.map(diagnosis) + (try NightCheck(context, store, connection).diagnoses(of: creations))
    }

    private func diagnosis(on task: TaskRecord) -> Diagnosis {
        let who: DisplayText = task.owner.map { "process \($0.pid) on \($0.host)" } ?? "an unknown process"
        let name = "\(task.type) \(task.id)"
        let isAlive = task.owner.flatMap { $0.isAlive() }
        let since = task.heartbeatAt.map { context.clock.machine().milliseconds - $0.milliseconds } ?? .max
        if isAlive == true, since > Heartbeat.lease {
            return .note(
                "tasks", "\(name) is stalled: no heartbeat of \(who) for \((since / 1000).grouped) s",
                fix: .cancelTask(id: task.id))
        }
        if isAlive == nil, since > Heartbeat.lease {
            return .note(
                "tasks",
                "\(name) may be dead: no heartbeat of \(who) for \((since / 1000).grouped) s by this machine's clock\(end(of: task))",
                fix: .watchTask(id: task.id))
        }
        if isAlive == false {
            return .note(
                "tasks", "\(name) is presumed dead: \(who) is gone. The next run closes it and starts at once",
                fix: .createBook())
        }
        return .ok("tasks", "\(name) is running: \(who), \(task.messageText)")
    }

    private func end(of task: TaskRecord) -> DisplayText {
        task.heartbeatAt.map {
            "; on a cluster the next run presumes it dead from \(Heartbeat.presumedDead(after: $0)) on"
        } ?? ""
    }
}
