package import Chronology
import Dispatch
import Synchronization

/// A change that a task announces.
package enum TaskUpdate: Sendable {
    /// A change of state, as the canonical event of CONTRACT 7.
    case status(TaskEvent)
    case progress(TaskProgress)

    /// Of these there are few, and none is dropped.
    fileprivate var isStatus: Bool {
        if case .status = self { true } else { false }
    }
}

/// A change of state in the host's canonical form (CONTRACT 7).
package struct TaskEvent: Sendable, Hashable {
    /// The last word of the type: `create`, `retention`, `activate`, `migrate`, `load`.
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

    init(_ run: RunningTask, _ ending: TaskResult, at now: Instant) {
        task = Self.word(run.type.rawValue)
        taskID = run.id
        isActive = false
        startedAt = run.startedAt
        finishedAt = now
        success = ending.status.isSuccess
    }

    /// The last word of a type's name.
    package static func word(_ type: String) -> String {
        type.split(separator: "_").last.map(String.init) ?? type
    }
}

/// Those in this process who want to be told of a task.
///
/// Each is told in the order in which things happen, on its own time: one that throws is told no more, one that is slow or
/// hangs misses what is beyond its backlog, and neither harms the others or the work.
package final class TaskObservers: Sendable {
    package typealias Listener = @Sendable (TaskUpdate) throws -> Void

    private struct State {
        var next = 0
        var listeners: [Int: ObserverQueue] = [:]
        var streams: [Int: AsyncStream<TaskUpdate>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Ends a subscription; doing it twice is allowed.
    package struct Subscription: Sendable {
        fileprivate let number: Int
        fileprivate let subscribers: TaskObservers

        package func cancel() {
            let (mailbox, stream) = subscribers.state.withLock { state in
                (state.listeners.removeValue(forKey: number), state.streams.removeValue(forKey: number))
            }
            mailbox?.shut()
            stream?.finish()
        }
    }

    /// Tells `listener` of everything from now on, on a thread of its own.
    @discardableResult
    package func subscribe(_ listener: @escaping Listener) -> Subscription {
        state.withLock { state in
            state.next += 1
            state.listeners[state.next] = ObserverQueue(listener)
            return Subscription(number: state.next, subscribers: self)
        }
    }

    /// How many announcements wait for a slow subscriber; beyond them a stream drops the oldest, and a listener the newest but for changes of state.
    package static let backlog = 256

    /// Everything from now on, to be read at leisure.
    package func stream() -> (AsyncStream<TaskUpdate>, Subscription) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: TaskUpdate.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        let subscription = state.withLock { state in
            state.next += 1
            state.streams[state.next] = continuation
            return Subscription(number: state.next, subscribers: self)
        }
        return (stream, subscription)
    }

    /// Tells all subscribers, and waits for none.
    package func tell(_ announcement: TaskUpdate) {
        let (listeners, streams) = state.withLock { ($0.listeners, $0.streams) }
        for stream in streams.values { stream.yield(announcement) }
        for mailbox in listeners.values { mailbox.put(announcement) }
    }

    /// Waits until every listener has been told everything, at most `seconds` for all: what comes next on the screen
    /// should come after what they show.
    package func settle(within seconds: Double) {
        let deadline = DispatchTime.now() + seconds
        let listeners = state.withLock { $0.listeners }
        for mailbox in listeners.values { mailbox.settle(until: deadline) }
    }
}

/// One listener's announcements, in order, on a serial queue of its own.
private final class ObserverQueue: Sendable {
    private struct State {
        var isOpen = true
        var waiting = 0
    }

    private let listener: TaskObservers.Listener
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "subscriber")

    init(_ listener: @escaping TaskObservers.Listener) {
        self.listener = listener
    }

    func shut() {
        state.withLock { $0.isOpen = false }
    }

    func put(_ announcement: TaskUpdate) {
        let isTaken = state.withLock { state in
            guard state.isOpen, announcement.isStatus || state.waiting < TaskObservers.backlog else { return false }
            state.waiting += 1
            return true
        }
        guard isTaken else { return }
        queue.async { [self] in
            if state.withLock({ $0.isOpen }) {
                do { try listener(announcement) } catch { shut() }
            }
            state.withLock { $0.waiting -= 1 }
        }
    }

    func settle(until deadline: DispatchTime) {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: deadline)
    }
}
