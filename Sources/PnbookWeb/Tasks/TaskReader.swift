import Chronology
import Operations
import Tasks

/// The stored tasks as the page sees them: one whose process is gone is not called running.
struct TaskReader: Sendable {
    /// Dry runs, which no table knows of.
    let previews: PreviewRuns

    /// The task; nil where there is none of that id.
    func task(_ id: String, in store: TaskStore?) throws -> TaskRecord? {
        if let preview = previews.task(id) { return preview }
        guard let store, let task = try store.find(id) else { return nil }
        return try settled(task, in: store)
    }

    /// Tasks of all types and of any process, those that have not ended first; without results.
    ///
    /// - Parameters:
    ///   - limit: the most that are returned, but for those that have not ended.
    ///   - onlyActive: leaves out those that have ended.
    func list(in store: TaskStore?, limit: Int, onlyActive: Bool) throws -> [TaskRecord] {
        let stored = try store.map { store in
            try store.overview(newest: limit).map { try settled($0, in: store) }
        }
        let all = (previews.tasks + (stored ?? [])).sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        let active = all.filter { !$0.status.isFinal }
        let running = active.filter { $0.status == .running } + active.filter { $0.status == .pending }
        if onlyActive { return running }
        return running + all.filter(\.status.isFinal).prefix(max(0, limit - running.count))
    }

    /// The running task of one kind of work; nil where none is, or where its process is known to be gone.
    func running(_ work: WorkKind, in store: TaskStore) throws -> TaskRecord? {
        try store.running(work).first { try !settled($0, in: store).status.isFinal }
    }

    /// A task that is stored as running, and whose process is gone, as what it is: failed.
    private func settled(_ task: TaskRecord, in store: TaskStore) throws -> TaskRecord {
        guard task.isAbandoned else { return task }
        // It may have ended well between our look at its row and our look at its process.
        guard let now = try store.find(task.id), now.isAbandoned else { return try store.find(task.id) ?? task }
        return now.abandoned
    }
}

extension TaskRecord {
    /// Stored as running by a process that no longer exists, as far as that can be known from here.
    var isAbandoned: Bool { status == .running && owner?.isAlive() == false }

    /// As failed, when it gave its last sign of life: what the next run will make of it.
    var abandoned: TaskRecord {
        var task = self
        task.status = .failed
        task.completedAt = heartbeatAt ?? startedAt ?? createdAt
        task.errorMessage = "its process is gone; it was \(message)"
        return task
    }
}
