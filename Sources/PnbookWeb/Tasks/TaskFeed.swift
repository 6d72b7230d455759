import ErrorModel
import Logging
import Operations
import Pipelines
import Synchronization
import Tasks

/// Announces the tasks of any process to all listeners: one reader of the store for all of them, and none while nobody listens.
///
/// A database that is away does not end it: it looks again until it is back.
final class TaskFeed: Sendable {
    private struct State: Sendable {
        var listeners = 0
        var hasThread = false
        var isStopped = false

        var isNeeded: Bool { listeners > 0 && !isStopped }
    }

    /// Opens the stored tasks on a new connection; nil where none have ever been stored.
    typealias Opening = @Sendable () throws -> TaskStore?

    private let open: Opening
    private let previews: PreviewRuns
    private let publish: @Sendable (String) -> Void
    private let logger: Logger
    private let pause: Duration
    private let state = Monitor(State())
    private let changes = Mutex(TaskChanges())

    /// How many of the tasks that have ended are looked at: more than can end between two looks.
    private static let newest = 50

    /// - Parameters:
    ///   - publish: sends a text to all listeners; returns at once.
    ///   - pause: between two looks.
    init(
        open: @escaping Opening, previews: PreviewRuns, logger: Logger, pause: Duration = .milliseconds(500),
        publish: @escaping @Sendable (String) -> Void
    ) {
        self.open = open
        self.previews = previews
        self.publish = publish
        self.logger = logger
        self.pause = pause
    }

    /// Tells how many listen now.
    func setListeners(_ count: Int) {
        let needsThread = state.withLock { state in
            state.listeners = count
            defer { if state.isNeeded { state.hasThread = true } }
            return state.isNeeded && !state.hasThread
        }
        if needsThread { startThread() }
    }

    /// Ends it for good.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// Whether nothing is read, and nothing will be until someone listens.
    var isResting: Bool { state.withLock { !$0.hasThread } }

    /// What a new listener is told first. To be called where blocking is allowed.
    ///
    /// - Returns: nothing where the tasks cannot be read: they are announced once they can.
    func greeting() -> [String] {
        guard let tasks = try? look(in: open()) else { return [] }
        return changes.withLock { $0.greeting(of: tasks, at: .now) }
    }

    private func look(in store: TaskStore?) throws -> [TaskRecord] {
        (previews.tasks + (try store?.overview(newest: Self.newest) ?? [])).sorted {
            ($0.createdAt, $0.id) > ($1.createdAt, $1.id)
        }
    }

    private func startThread() {
        do {
            _ = try WorkerThread("task-feed") { [self] in follow() }
        } catch {
            // The next listener tries again; until then the page asks by itself.
            state.withLock { $0.hasThread = false }
            logger.complain("the tasks cannot be followed: \(error)")
        }
    }

    private func follow() {
        var store: TaskStore?
        var isAway = false
        changes.withLock { $0.beginAnew() }
        while isNeededStill() {
            do {
                // Made by the first run, where none has ever been stored.
                if store == nil { store = try open() }
                let tasks = try look(in: store)
                for text in changes.withLock({ $0.events(of: tasks, at: .now) }) { publish(text) }
                if isAway { logger.inform("the tasks can be read again") }
                isAway = false
            } catch {
                store = nil
                if !isAway { logger.warn("the tasks cannot be read, and are looked for again: \(error)") }
                isAway = true
            }
            _ = state.wait(for: pause) { !$0.isNeeded }
        }
    }

    /// Whether anyone listens; otherwise the thread has ended for whoever asks.
    private func isNeededStill() -> Bool {
        state.withLock { state in
            if !state.isNeeded { state.hasThread = false }
            return state.isNeeded
        }
    }
}
