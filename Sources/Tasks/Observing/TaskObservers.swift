import Synchronization

/// The observers of a task in this process.
///
/// Each receives updates in order, on a thread of its own: one that throws is removed, one that is slow or hangs misses
/// updates beyond its backlog, and neither disturbs the others or the work.
package final class TaskObservers: Sendable {
    package typealias Listener = @Sendable (TaskUpdate) throws -> Void

    private struct State {
        var next = 0
        var listeners: [Int: ObserverQueue] = [:]
        var streams: [Int: AsyncStream<TaskUpdate>.Continuation] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    deinit {
        // Their threads wait for what comes next.
        for listener in state.withLock({ $0.listeners }).values { listener.close() }
    }

    /// Cancels a subscription; cancelling twice is allowed.
    package struct Subscription: Sendable {
        fileprivate let number: Int
        fileprivate let observers: TaskObservers

        package func cancel() {
            let (listener, stream) = observers.state.withLock { state in
                (state.listeners.removeValue(forKey: number), state.streams.removeValue(forKey: number))
            }
            listener?.close()
            stream?.finish()
        }
    }

    /// Sends `listener` everything from now on, on a thread of its own.
    @discardableResult
    package func subscribe(_ listener: @escaping Listener) -> Subscription {
        state.withLock { state in
            state.next += 1
            state.listeners[state.next] = ObserverQueue(listener)
            return Subscription(number: state.next, observers: self)
        }
    }

    /// Starts the listeners' threads. Otherwise each is started for the first update, and a listener whose thread cannot be
    /// started is removed; a run must report that instead.
    ///
    /// - Throws: ``Pipelines/ThreadError``.
    package func start() throws {
        for listener in state.withLock({ $0.listeners }).values { try listener.start() }
    }

    /// How many updates wait for a slow observer. Beyond that a stream drops the oldest one, and a listener the newest one
    /// unless it is a change of state.
    package static let backlog = 256

    /// Everything from now on, as a stream.
    package func stream() -> (AsyncStream<TaskUpdate>, Subscription) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: TaskUpdate.self, bufferingPolicy: .bufferingNewest(Self.backlog))
        let subscription = state.withLock { state in
            state.next += 1
            state.streams[state.next] = continuation
            return Subscription(number: state.next, observers: self)
        }
        return (stream, subscription)
    }

    /// Sends an update to all observers, and waits for none.
    package func publish(_ update: TaskUpdate) {
        let (listeners, streams) = state.withLock { ($0.listeners, $0.streams) }
        for stream in streams.values { stream.yield(update) }
        for listener in listeners.values { listener.put(update) }
    }

    /// Waits until every listener has received everything, at most `timeout` for all: what is written to the screen
    /// next must come after what they show.
    package func drain(timeout: Duration) {
        let deadline = ContinuousClock.now + timeout
        let listeners = state.withLock { $0.listeners }
        for listener in listeners.values { listener.drain(timeout: deadline - .now) }
    }
}
