import Chronology
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations
import Pipelines
import Tasks
import WebServer

/// Starts runs of `pnbook create`, one after the other: each as a process of its own, which goes on when the page ends.
///
/// Its calls block. Whoever calls it makes sure that there is one call at a time: then the second of two requests sees the row of
/// the first one's run. Another page's, or a run by hand, is kept apart by the database itself.
struct RunStarter: Sendable {
    private let context: PnbookWebContext
    private let reader: TaskReader
    private let keys: IdempotencyKeys

    /// Seconds within which a run must have begun its task: it looks at the schema first, and a server may be slow.
    private static let patience = Duration.seconds(30)
    /// Between two looks for its task.
    private static let pause: UInt32 = 20_000
    /// Bytes of what a run has printed that are read.
    private static let mostPrinted = 1 << 20

    init(_ context: PnbookWebContext, _ reader: TaskReader, _ keys: IdempotencyKeys) {
        self.context = context
        self.reader = reader
        self.keys = keys
    }

    /// Starts a run, and waits until its task exists.
    ///
    /// - Parameter key: of an earlier request, whose answer is given again; nil for none.
    /// - Returns: 202 with the task; what the program has said where it has ended before.
    /// - Throws: ``WebFailure``, 409, where another run is at work; database errors.
    func start(_ request: RunRequest, for client: TaskTrigger, key: String?) throws -> WebResponse {
        if let key, let earlier = try keys.entry(of: key, for: request.description) {
            if let answer = earlier.answer { return accepted(text: answer) }
            // The page ended between starting it and answering.
            if let task = try awaitTask(of: earlier.owner, while: { earlier.owner.isAlive() != false }) {
                return try accept(task, earlier)
            }
        }
        // Whether a run on another machine is still at work, the program itself finds out, or waits for.
        if let task = try runningTask(), task.owner?.isAlive() == true { throw Self.busy(task) }
        let process = try context.program.start(request.arguments(for: client), outputIn: context.stateFolder)
        let entry = key.map {
            IdempotencyKeys.Entry(key: $0, request: request.description, at: context.now(), owner: process.identity)
        }
        // Before its task is looked for: if we end now, the key leads to it.
        if let entry { remember { try keys.record(entry) } }
        if let task = try awaitTask(of: process.identity, while: { process.exitCode == nil }) {
            context.logger.inform("process \(process.identity.pid) works on task \(task.id) for \(client)")
            follow(process, task)
            return try accept(task, entry)
        }
        if let key { remember { try keys.forget(key) } }
        return try ending(of: process)
    }

    // MARK: The task

    private func runningTask() throws -> TaskRecord? {
        guard let store = try context.storedTasks() else { return nil }
        return try reader.running(.books, in: store)
    }

    static func busy(_ task: TaskRecord) -> WebFailure {
        var failure = WebFailure(
            409, .busy, kind: ExitStatus.busy.kind,
            "another run is at work: \(task.type) (task \(task.id), \(task.messageText))",
            fix: Remedy.waitForTask(id: task.id).pageSentence)
        failure.running = task
        return failure
    }

    /// Waits for the task that a process has begun.
    ///
    /// - Parameter isAlive: whether it is worth waiting.
    /// - Returns: nil where it has ended without one, or has not begun it in time.
    private func awaitTask(of owner: ProcessIdentity, while isAlive: () -> Bool) throws -> TaskRecord? {
        let deadline = ContinuousClock.now + Self.patience
        var store: TaskStore?
        while true {
            // Asked before the look: what it has written by its end is seen then.
            let isLast = !isAlive()
            do {
                if store == nil { store = try context.storedTasks() }
                if let task = try store?.task(of: owner) { return task }
            } catch is DatabaseError where !isLast {
                // The run meets the same, and says so.
                store = nil
            }
            if isLast || ContinuousClock.now > deadline { return nil }
            usleep(Self.pause)
        }
    }

    // MARK: Answers

    private func accept(_ task: TaskRecord, _ entry: IdempotencyKeys.Entry?) throws -> WebResponse {
        let text = try JSONDocument.compact(StartedRun(task)) + "\n"
        if var entry {
            entry.answer = text
            remember { [entry] in try keys.record(entry) }
        }
        return accepted(text: text)
    }

    private func accepted(text: String) -> WebResponse { .json(text: text, status: 202) }

    /// The run goes on without the file; only a repeated request would begin another one, which the first keeps out while it runs.
    private func remember(_ work: () throws -> Void) {
        do { try work() } catch { context.logger.warn("an Idempotency-Key was not recorded: \(error)") }
    }

    /// Of a process that has begun no task.
    private func ending(of process: DetachedProcess) throws -> WebResponse {
        if process.exitCode == nil {
            // Whatever it waits for, nobody waits for it any more.
            process.terminate()
            follow(process, nil)
            var failure = WebFailure(
                503, .tryLater, kind: ExitStatus.tryLater.kind,
                "the run has not begun within 30 seconds, and was ended",
                fix: Remedy.diagnose.pageSentence)
            failure.headers = [("Retry-After", "\(WebStatus.retryAfter)")]
            throw failure
        }
        let code = process.exitCode ?? 0
        if code == ExitStatus.busy.rawValue, let task = try runningTask() { throw Self.busy(task) }
        let answer = try ProgramAnswer(code, process.printed(limit: Self.mostPrinted))
        guard code != 0 else {
            throw WebFailure(500, .failed, kind: "failed", "the run has ended without a task")
        }
        return answer.response()
    }

    /// Collects the process once it has ended, so that none is left as a zombie, and logs how.
    private func follow(_ process: DetachedProcess, _ task: TaskRecord?) {
        let logger = context.logger
        do {
            _ = try WorkerThread("run") {
                let code = process.wait()
                logger.inform("process \(process.identity.pid) has ended with code \(code)\(Self.name(task))")
            }
        } catch {
            logger.warn("the end of process \(process.identity.pid) is not waited for: \(error)")
        }
    }

    private static func name(_ task: TaskRecord?) -> DisplayText { task.map { " (task \($0.id))" } ?? "" }
}

/// A run that has begun, in JSON.
struct StartedRun: Encodable {
    let schema = JSONDocument.schema
    let taskId: String
    let jobId: String
    /// `running`, as in the host's view of its task; a run may have ended already.
    let status: String
    let message: String

    init(_ task: TaskRecord) {
        taskId = task.id
        jobId = task.id
        status = HostTaskDocument(task).status
        message = task.message
    }
}
