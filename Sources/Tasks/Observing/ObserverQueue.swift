import Pipelines

/// One observer's updates, in order, on a thread of its own.
final class ObserverQueue: Sendable {
    private struct State: Sendable {
        var isOpen = true
        var hasThread = false
        /// The listener is receiving an update.
        var isTelling = false
        var waiting: [TaskUpdate] = []

        var isIdle: Bool { !isTelling && waiting.isEmpty }
    }

    private let listener: TaskObservers.Listener
    private let state = Monitor(State())

    init(_ listener: @escaping TaskObservers.Listener) {
        self.listener = listener
    }

    /// Starts the thread, where it has not been started.
    ///
    /// - Throws: ``Pipelines/ThreadError``; the observer then receives nothing more.
    func start() throws {
        let isNeeded = state.withLock { state in
            defer { state.hasThread = true }
            return state.isOpen && !state.hasThread
        }
        guard isNeeded else { return }
        do {
            // Not joined: a listener may hang, and must not hold the work up.
            _ = try WorkerThread("observer") { [self] in
                while let update = next() {
                    do { try listener(update) } catch { close() }
                    state.withLock { $0.isTelling = false }
                }
            }
        } catch {
            close()
            throw error
        }
    }

    /// Waits for the next update; nil once the queue is closed.
    private func next() -> TaskUpdate? {
        state.wait(until: { !$0.waiting.isEmpty || !$0.isOpen }) { state in
            guard state.isOpen else { return nil }
            state.isTelling = true
            return state.waiting.removeFirst()
        }
    }

    /// Takes an update, where there is room for it.
    func put(_ update: TaskUpdate) {
        let isTaken = state.withLock { state in
            let count = state.waiting.count + (state.isTelling ? 1 : 0)
            guard state.isOpen, update.isStatus || count < TaskObservers.backlog else { return false }
            state.waiting.append(update)
            return true
        }
        if isTaken { try? start() }
    }

    /// Ends the queue: the observer receives nothing more.
    func close() {
        state.withLock { state in
            state.isOpen = false
            state.waiting = []
        }
    }

    func drain(timeout: Duration) {
        _ = state.wait(for: timeout, until: \.isIdle)
    }
}
