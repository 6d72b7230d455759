import Chronology
import Operations
import Tasks

/// The stored tasks as the page sees them: one whose process is gone is not called running.
struct TaskReader: Sendable {
    /// Dry runs, which no table knows of.
    let previews: PreviewRuns
    /// Of processes on other machines.
    let pulses: PulseMemory

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

    /// A task that is stored as running as what it is: failed where its process is gone, or where that cannot be known from here and no
    /// heartbeat has come for a lease by our own clock.
    private func settled(_ task: TaskRecord, in store: TaskStore) throws -> TaskRecord {
        let settled = try store.settled(task)
        guard settled.status == .running, let owner = settled.owner, owner.isAlive() == nil else { return settled }
        return pulses.silence(of: settled) > .milliseconds(Heartbeat.lease) ? settled.silent : settled
    }
}
