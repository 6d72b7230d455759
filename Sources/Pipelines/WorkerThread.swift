import FoundationEssentials
import Glibc
import Synchronization

/// Work on a thread of its own, and its outcome.
///
/// A POSIX thread and not Foundation's, which reports nothing when a thread cannot be started: its caller would wait for
/// ever. INT and TERM never arrive on it: they are for the main thread, or for one that waits for them.
package final class WorkerThread<Outcome: Sendable>: Sendable {
    private let outcome: WorkerOutcome<Outcome>
    /// Nil once the thread has been joined.
    private let handle: Mutex<pthread_t?>

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: shown by debuggers and `ps -L`; at most 15 bytes of it.
    ///   - stackSize: in bytes; only pages that are touched cost memory.
    ///   - work: what it captures belongs to the thread, which releases it before ``join()`` returns.
    /// - Throws: ``ThreadError``, at once.
    package init(
        _ name: String, stackSize: Int = WorkerStack.standardSize, _ work: sending @escaping () throws -> Outcome
    ) throws {
        let outcome = WorkerOutcome<Outcome>()
        self.outcome = outcome
        let start = WorkerStart(name: name) { outcome.set(Result(catching: work)) }
        handle = Mutex(try start.thread(stackSize: stackSize))
    }

    deinit {
        // Not joined: the thread goes on by itself.
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits until the thread has ended, and with it everything the work held.
    package func join() {
        handle.withLock { handle in
            guard let thread = handle else { return }
            pthread_join(thread, nil)
            handle = nil
        }
    }

    /// Waits for the work and passes on what it returned or threw.
    package func result() throws -> Outcome {
        join()
        return try outcome.get()
    }
}

/// Holds the result of the thread's work; separate from ``WorkerThread``, which the thread must not keep alive.
private final class WorkerOutcome<Outcome: Sendable>: Sendable {
    private let result = Mutex<Result<Outcome, any Error>?>(nil)

    func set(_ new: Result<Outcome, any Error>) {
        result.withLock { $0 = new }
    }

    func get() throws -> Outcome {
        guard let result = result.withLock({ $0 }) else { preconditionFailure("asked before the thread has ended") }
        return try result.get()
    }
}

/// What a new thread is handed.
private final class WorkerStart {
    private let name: String
    private let body: () -> Void

    init(name: String, _ body: @escaping () -> Void) {
        self.name = name
        self.body = body
    }

    /// Starts a thread that runs the body.
    ///
    /// - Throws: ``ThreadError``.
    func thread(stackSize: Int) throws -> pthread_t {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        pthread_attr_init(attributes)
        defer { pthread_attr_destroy(attributes) }
        var code = pthread_attr_setstacksize(attributes, stackSize)
        guard code == 0 else { throw ThreadError(thread: name, code: code) }
        // The new thread inherits the mask.
        var (signals, before) = (sigset_t(), sigset_t())
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread: pthread_t = 0
        let context = Unmanaged.passRetained(self)
        code = pthread_create(
            &thread, attributes,
            { context in
                if let context { Unmanaged<WorkerStart>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw ThreadError(thread: name, code: code)
        }
        return thread
    }

    private func run() {
        bearName()
        body()
    }

    /// Through the kernel's file, because Swift does not see the function for it. A failure is ignored: the name only helps
    /// debugging.
    private func bearName() {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, name, name.utf8.count)
        close(file)
    }
}

/// The stacks of our threads.
package enum WorkerStack {
    /// Bytes: room for the deepest of our recursions many times over, whatever `ulimit -s` says.
    package static let standardSize = 4 << 20
}
