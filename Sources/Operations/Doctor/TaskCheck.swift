import Chronology
import ErrorModel
import PartnumberBooks
import Tasks

/// Checks what is running, what is presumed dead, and how the last nights went.
struct TaskCheck {
    private let context: RunContext

    init(_ context: RunContext) {
        self.context = context
    }

    func diagnoses() throws -> [Diagnosis] {
        guard let store = try context.storedTasks() else {
            return [.note("tasks", "nothing has run yet", fix: .createFirstBook)]
        }
        let running = try WorkKind.allCases.flatMap { try store.running($0) }
        let histories = try store.histories()
        return running.map(diagnosis) + nights(histories.first { $0.type == TaskType.create.rawValue })
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
                "\(name) may be dead: no heartbeat of \(who) for \((since / 1000).grouped) s by this machine's clock",
                fix: .watchTask(id: task.id))
        }
        if isAlive == false {
            return .note(
                "tasks", "\(name) is presumed dead: \(who) is gone. The next run closes it and starts at once",
                fix: .createBook())
        }
        return .ok("tasks", "\(name) is running: \(who), \(task.message)")
    }

    private func nights(_ history: LastTaskResults?) -> [Diagnosis] {
        guard let history else { return [.note("last run", "no book has been made yet", fix: .createBook())] }
        var diagnoses: [Diagnosis] = []
        if let success = history.lastSuccess, let end = success.completedAt {
            let age = context.now.milliseconds - end.milliseconds
            diagnoses.append(
                age > 1000 * LastTaskResults.overdueAfter
                    ? .note(
                        "last run",
                        "the last book was made \((age / 3_600_000).counted("hour")) ago, at \(end.readable)",
                        fix: .checkTimer)
                    : .ok("last run", "\(success.message), \(end.readable)"))
        }
        if let failure = history.lastFailure, history.last?.id == failure.id {
            diagnoses.append(
                .note(
                    "last run",
                    "the last one ended as \(failure.status.rawValue): \(failure.errorMessage ?? failure.message)",
                    fix: .showTask(id: failure.id)))
        }
        return diagnoses
    }
}
