import Operations
import Tasks

/// What has changed from one look at the tasks to the next, as events: each change of state, and each of progress.
///
/// Pure but for the time, which is given: the same looks make the same events.
struct TaskChanges {
    private struct Seen {
        var status: TaskStatus
        var progress: Int
        var message: String
        var pulse = PulseWatch()
        /// Looks in a row at which its process was gone.
        var absences = 0
        /// Where the phase began, as far as it was seen: for the rate.
        var phase: String
        var phaseDone: Int
        var phaseAt: ContinuousClock.Instant
    }

    private var seen: [String: Seen] = [:]
    private var hasLooked = false

    /// Looks at which a process must be gone: at the first its row may be older than its end.
    private static let absencesOfLost = 2
    private static let lease = Duration.milliseconds(Heartbeat.lease)
    /// Of a phase, before there is a rate.
    private static let shortestPhase = Duration.seconds(1)

    init() {}

    /// The first look after a pause: what has ended in it, and was never announced as running, is not news.
    mutating func beginAnew() { hasLooked = false }

    /// The events since the last look, in the order in which the tasks were begun.
    ///
    /// - Parameter tasks: all that have not ended, and the newest of the others.
    mutating func events(of tasks: [TaskRecord], at now: ContinuousClock.Instant) -> [String] {
        var texts: [String] = []
        for task in tasks.reversed() { texts += events(of: task, at: now) }
        // What has ended and is no longer among the newest is not asked for again.
        let present = Set(tasks.map(\.id))
        seen = seen.filter { present.contains($0.key) }
        hasLooked = true
        return texts
    }

    /// What a new listener is told: the state and the progress of each task that has not ended. From now on its changes are news.
    mutating func greeting(of tasks: [TaskRecord], at now: ContinuousClock.Instant) -> [String] {
        tasks.reversed().filter { !$0.status.isFinal && !$0.isAbandoned }.flatMap { task in
            if seen[task.id] == nil { seen[task.id] = Self.firstLook(at: task, now) }
            return Self.texts(.init(status: true, progress: true), of: task, rate: rate(of: task, at: now))
        }
    }

    private mutating func events(of record: TaskRecord, at now: ContinuousClock.Instant) -> [String] {
        guard var known = seen[record.id] else {
            // Its row may be older than its process' end: what has become of it is said at the next look, unless it is no news.
            let isPuzzling = record.isAbandoned
            let task = isPuzzling && !hasLooked ? record.abandoned : record
            seen[record.id] = Self.firstLook(at: task, now)
            if isPuzzling {
                seen[record.id]?.absences = 1
                return []
            }
            if task.status.isFinal { return hasLooked ? Self.texts(.init(status: true), of: task, rate: nil) : [] }
            return Self.texts(.init(status: true, progress: true), of: task, rate: nil)
        }
        let silence = known.pulse.silence(of: record, at: now)
        known.absences = record.isAbandoned ? known.absences + 1 : 0
        let task = lost(record, known, silence) ?? record
        let isNewState = known.status != task.status
        let isProgress =
            !task.status.isFinal
            && (isNewState && known.status.isFinal || known.progress != task.progress || known.message != task.message)
        let phase = TaskProgress(task)
        if phase.phase != known.phase || (phase.count?.done ?? 0) < known.phaseDone {
            (known.phase, known.phaseDone, known.phaseAt) = (phase.phase, phase.count?.done ?? 0, now)
        }
        (known.status, known.progress, known.message) = (task.status, task.progress, task.message)
        seen[task.id] = known
        return Self.texts(.init(status: isNewState, progress: isProgress), of: task, rate: rate(of: task, at: now))
    }

    /// As failed, where its process is gone; or, where that cannot be known from here, where its heart has not beaten for a lease by our
    /// own clock.
    private func lost(_ task: TaskRecord, _ known: Seen, _ silence: Duration) -> TaskRecord? {
        guard task.status == .running, let owner = task.owner else { return nil }
        if known.absences >= Self.absencesOfLost || known.status == .failed && known.absences > 0 {
            return task.abandoned
        }
        return owner.isAlive() == nil && silence > Self.lease ? task.silent : nil
    }

    private static func firstLook(at task: TaskRecord, _ now: ContinuousClock.Instant) -> Seen {
        let phase = TaskProgress(task)
        var seen = Seen(
            status: task.status, progress: task.progress, message: task.message, phase: phase.phase,
            phaseDone: phase.count?.done ?? 0, phaseAt: now)
        _ = seen.pulse.silence(of: task, at: now)
        return seen
    }

    /// Units in a second since the phase was first seen.
    private func rate(of task: TaskRecord, at now: ContinuousClock.Instant) -> Double? {
        let progress = TaskProgress(task)
        guard let known = seen[task.id], known.phase == progress.phase, let done = progress.count?.done,
            now - known.phaseAt >= Self.shortestPhase
        else { return nil }
        return Double(done - known.phaseDone) / ((now - known.phaseAt) / .seconds(1))
    }

    private struct Kinds {
        var status = false
        var progress = false
    }

    private static func texts(_ kinds: Kinds, of task: TaskRecord, rate: Double?) -> [String] {
        var texts: [String] = []
        if kinds.status, let text = try? JSONDocument.compact(TaskEventDocument(TaskEvent(task))) { texts.append(text) }
        if kinds.progress, let text = try? JSONDocument.compact(ProgressEvent(task, rate: rate)) { texts.append(text) }
        return texts
    }
}
