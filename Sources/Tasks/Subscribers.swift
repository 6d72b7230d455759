package import Chronology
import Synchronization

/// A change that a task announces.
package enum TaskAnnouncement: Sendable {
    /// A change of state, as the canonical event of CONTRACT 7.
    case status(TaskEvent)
    case progress(TaskProgress)
}

/// A change of state in the host's canonical form (CONTRACT 7).
package struct TaskEvent: Sendable, Hashable {
    /// The last word of the type: `create`, `retention`, `migrate`, `load`.
    package var task: String
    package var taskID: String
    package var isActive: Bool
    package var startedAt: Instant?
    package var finishedAt: Instant?
    /// Nil while it is active.
    package var success: Bool?

    init(_ record: TaskRecord) {
        task = Self.word(record.type)
        taskID = record.id
        isActive = !record.status.isFinal
        startedAt = record.startedAt
        finishedAt = record.completedAt
        success = record.status.isFinal ? record.status.isSuccess : nil
    }

    init(_ run: TaskRun, _ ending: TaskEnding, at now: Instant) {
        task = Self.word(run.type.rawValue)
        taskID = run.id
        isActive = false
        startedAt = run.startedAt
        finishedAt = now
        success = ending.status.isSuccess
    }

    private static func word(_ type: String) -> String {
        type.split(separator: "_").last.map(String.init) ?? type
    }
}

/// Those in this process who want to be told of a task.
///
/// Told in the order in which things happen. One that throws is told no more; it harms neither the others nor the task. A
/// slow one should subscribe by ``stream()``: there it is told on its own time, and only what is newest is kept for it.
package final class Subscribers: Sendable {
    package typealias Listener = @Sendable (TaskAnnouncement) throws -> Void

    private struct State {
        var next = 0
        var listeners: [Int: Listener] = [:]
        var streams: [Int: AsyncStream<TaskAnnouncement>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Ends a subscription; doing it twice is allowed.
    package struct Subscription: Sendable {
        fileprivate let number: Int
        fileprivate let subscribers: Subscribers

        package func cancel() {
            let stream = subscribers.state.withLock { state in
                state.listeners[number] = nil
                return state.streams.removeValue(forKey: number)
            }
            stream?.finish()
        }
    }

    /// Tells `listener` of everything from now on, on the thread on which it happens.
    @discardableResult
    package func subscribe(_ listener: @escaping Listener) -> Subscription {
        state.withLock { state in
            state.next += 1
            state.listeners[state.next] = listener
            return Subscription(number: state.next, subscribers: self)
        }
    }

    /// How many announcements wait for a slow reader of a stream before the oldest are dropped.
    package static let streamBuffer = 256

    /// Everything from now on, to be read at leisure.
    package func stream() -> (AsyncStream<TaskAnnouncement>, Subscription) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: TaskAnnouncement.self, bufferingPolicy: .bufferingNewest(Self.streamBuffer))
        let subscription = state.withLock { state in
            state.next += 1
            state.streams[state.next] = continuation
            return Subscription(number: state.next, subscribers: self)
        }
        return (stream, subscription)
    }

    /// Tells all subscribers.
    package func tell(_ announcement: TaskAnnouncement) {
        // Listeners run outside the lock: one may unsubscribe itself, or another.
        let (listeners, streams) = state.withLock { ($0.listeners, $0.streams) }
        for stream in streams.values { stream.yield(announcement) }
        for (number, listener) in listeners.sorted(by: { $0.key < $1.key }) {
            do {
                try listener(announcement)
            } catch {
                state.withLock { $0.listeners[number] = nil }
            }
        }
    }
}
