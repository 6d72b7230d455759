import Chronology
import ErrorModel
import FoundationEssentials
import Logging
import Operations
import Pipelines
import Synchronization
import Tasks

/// Dry runs, one at a time: they write nothing, also no task, so that their tasks exist here alone, until the page ends.
///
/// Seen through the page they are tasks like any other: listed, followed and cancelled.
final class PreviewRuns: Sendable {
    private struct State {
        /// Newest first.
        var tasks: [TaskRecord] = []
        var isCancelled = false
    }

    private let program: InstalledProgram
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let state = Mutex(State())

    /// How many are remembered.
    private static let most = 20
    /// Seconds that one may take.
    private static let timeLimit = 3600.0

    init(_ context: PnbookWebContext) {
        program = context.program
        now = context.now
        logger = context.logger
    }

    /// Newest first.
    var tasks: [TaskRecord] { state.withLock { $0.tasks } }

    func task(_ id: String) -> TaskRecord? { tasks.first { $0.id == id } }

    /// Begins one on a thread of its own.
    ///
    /// - Throws: ``WebFailure``, 409, where another one is at work; `ThreadError`.
    func start(_ request: RunRequest, for client: TaskTrigger) throws -> TaskRecord {
        let at = now()
        let task = TaskRecord(
            id: UUID().uuidString.lowercased(), type: TaskType.create.rawValue, status: .running, progress: 0,
            message: "dry run", triggeredBy: client.description, createdAt: at, startedAt: at)
        let other = state.withLock { state in
            let other = state.tasks.first { !$0.status.isFinal }
            if other == nil {
                state.tasks = Array(([task] + state.tasks).prefix(Self.most))
                state.isCancelled = false
            }
            return other
        }
        if let other { throw RunStarter.busy(other) }
        do {
            _ = try WorkerThread("dry-run") { [self] in end(task.id, work(request, client)) }
        } catch {
            state.withLock { state in state.tasks.removeAll { $0.id == task.id } }
            throw error
        }
        return task
    }

    /// Ends one that is at work.
    ///
    /// - Returns: it; nil where there is none of that id.
    func cancel(_ id: String, by client: String) -> TaskRecord? {
        state.withLock { state in
            guard let index = state.tasks.firstIndex(where: { $0.id == id && !$0.status.isFinal }) else { return nil }
            state.tasks[index].cancelRequestedBy = client
            state.isCancelled = true
            return state.tasks[index]
        }
    }

    private struct Cancelled: Error {}

    private func work(_ request: RunRequest, _ client: TaskTrigger) -> TaskResult {
        do {
            let result = try program.run(request.arguments(for: client), within: Self.timeLimit) {
                if state.withLock({ $0.isCancelled }) { throw Cancelled() }
            }
            return try Self.result(of: ProgramAnswer(result.code, result.output))
        } catch is Cancelled {
            return TaskResult(status: .cancelled, message: "stopped", errorMessage: "cancelled")
        } catch let failure as WebFailure {
            return TaskResult(status: .failed, message: "stopped", errorMessage: failure.message.string)
        } catch {
            return TaskResult(status: .failed, message: "stopped", errorMessage: DisplayText(of: error).string)
        }
    }

    private static func result(of answer: ProgramAnswer) throws -> TaskResult {
        guard case .object(var fields) = answer.document else { return TaskResult(status: .failed, message: "stopped") }
        let error = ["message", "fix"].compactMap { answer.error($0) }.joined(separator: ". ")
        // What a stored result has: the fields of the command, and the version of the format.
        for name in ["task", "error"] { fields[name] = nil }
        let hasResult = fields["source"] != nil
        let text = hasResult ? try JSONDocument.compact(JSONValue.object(fields)) : nil
        guard answer.code == 0 else {
            return TaskResult(
                status: .failed, message: "stopped", result: text, errorMessage: error, exitCode: answer.code)
        }
        var hasWarnings = false
        if case .array(let warnings)? = fields["warnings"] { hasWarnings = !warnings.isEmpty }
        return TaskResult(
            status: hasWarnings ? .completedWithWarnings : .completed, message: "dry run: nothing was written",
            result: text, exitCode: 0)
    }

    private func end(_ id: String, _ result: TaskResult) {
        state.withLock { state in
            guard let index = state.tasks.firstIndex(where: { $0.id == id }) else { return }
            state.tasks[index].status = result.status
            state.tasks[index].progress = result.status.isSuccess ? 100 : state.tasks[index].progress
            state.tasks[index].message = result.message
            state.tasks[index].result = result.result
            state.tasks[index].errorMessage = result.errorMessage
            state.tasks[index].exitCode = result.exitCode
            state.tasks[index].completedAt = now()
        }
    }
}
