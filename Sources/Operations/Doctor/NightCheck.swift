import Chronology
import Database
import ErrorModel
import PartnumberBooks
import Tasks

/// Checks how the last nights went: whether there was a book, and why there was none.
struct NightCheck {
    private let context: RunContext
    private let store: TaskStore
    private let connection: any Connection

    /// - Parameter connection: to the books.
    init(_ context: RunContext, _ store: TaskStore, _ connection: any Connection) {
        self.context = context
        self.store = store
        self.connection = connection
    }

    /// - Parameter history: of the creations; nil where there was none.
    func diagnoses(of history: LastTaskResults?) throws -> [Diagnosis] {
        guard let history else { return [.note("last run", "no book has been made yet", fix: .createBook())] }
        let success = try history.lastSuccess.flatMap { try diagnosis(ofSuccess: $0) }
        guard let failure = history.lastFailure, history.last?.id == failure.id else {
            return success.map { [$0] } ?? []
        }
        return [success, try diagnosis(of: failure, in: history)].compactMap(\.self)
    }

    // MARK: The last success

    /// Nights that a timer must have made for its silence to be a fault, in a week.
    private static let regularNights = 3
    /// Hours of silence after which two nights are missing.
    private static let missedNights: Int64 = 50

    private func diagnosis(ofSuccess task: TaskRecord) throws -> Diagnosis? {
        guard let end = task.completedAt else { return nil }
        let age = context.now.milliseconds - end.milliseconds
        guard age > 1000 * LastTaskResults.overdueAfter else {
            return .ok("last run", "\(task.message), \(end)")
        }
        let found: DisplayText = "the last book was made \((age / 3_600_000).counted("hour")) ago, at \(end)"
        let nights = try store.scheduledSuccesses(
            of: task.type, from: end.advanced(byMilliseconds: -7 * 86_400_000), to: end)
        guard nights >= Self.regularNights, age > Self.missedNights * 3_600_000 else {
            return .note("last run", found, fix: .checkTimer)
        }
        return .broken(
            "last run", "\(found); a timer had made \(nights.counted("book")) in the week before", fix: .checkTimer)
    }

    // MARK: The last failure

    private func diagnosis(of task: TaskRecord, in history: LastTaskResults) throws -> Diagnosis {
        let reason = task.errorMessage ?? task.message
        if task.status == .cancelled {
            return .note(
                "last run", "the last one ended as \(DisplayText.term(task.status.rawValue)): \(reason)",
                fix: .showTask(id: task.id))
        }
        let counted = StoredCreation(stored: task.result)?.counted
        // A guard's message has the counts.
        let isRefusal = task.exitCode == context.describeFailure(GuardRefusal.noItems(BookTallies())).exitCode
        let tally: DisplayText = counted.map { isRefusal ? "" : ". \($0.sentence)" } ?? ""
        if try hasPublished(task) {
            return .note("last run", "the last one failed: \(reason)", fix: .showTask(id: task.id))
        }
        let found: DisplayText = "\(since(history)): \(runs(history.failuresInARow, isRefusal)): \(reason)\(tally)"
        return .broken("last run", found, fix: remedy(task, counted, isRefusal))
    }

    private func since(_ history: LastTaskResults) -> DisplayText {
        guard let end = history.lastSuccess?.completedAt else { return "no book has been made" }
        return "no book since \(end)"
    }

    private func runs(_ count: Int, _ isRefusal: Bool) -> DisplayText {
        if count < 2 { return isRefusal ? "the last run was refused" : "the last run failed" }
        return isRefusal
            ? "\(count.grouped) runs in a row have failed, and the last one was refused"
            : "\(count.grouped) runs in a row have failed, and the last one failed"
    }

    private func remedy(_ task: TaskRecord, _ counted: RunTally.Counted?, _ isRefusal: Bool) -> Remedy {
        // One without items is published in no case.
        guard isRefusal, let counted, counted.tallies.items > 0 else { return .showTask(id: task.id) }
        return .decideOnShrunkenBook
    }

    /// A run whose process died after the commit has failed as a task, and has made its book.
    private func hasPublished(_ task: TaskRecord) throws -> Bool {
        try BookRepository(connection).ledger.version(publishedBy: task.id) != nil
    }
}
