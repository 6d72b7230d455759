import Chronology
import ErrorModel

/// What `create` did, or with `--dry-run` would do.
package struct CreateReport: Sendable {
    /// The book that was published, or would be; the active one where nothing has changed.
    package let book: PublishedBook
    package let isDryRun: Bool
    /// The book would equal the active one, so it was not published (`--if-changed`).
    package let isUnchanged: Bool
    package let tallies: BookTallies
    /// What the book changes against the one that was active; nil where none was, and where a warning says why it is not known.
    package let changes: BookChanges?
    package let retention: RetentionOutcome
    package let warnings: [CreateWarning]

    /// - Parameter notes: what happened on the way that the admin should know: further warnings.
    init(_ publication: Publication, changes: BookChanges?, retention: RetentionOutcome, notes: [DisplayText]) {
        book = publication.book
        isDryRun = false
        isUnchanged = false
        tallies = publication.tallies
        self.changes = changes
        self.retention = retention
        warnings = notes.map(CreateWarning.note) + Self.warnings(tallies, retention)
    }

    /// A book that was made and thrown away, and what retention would decide had it been published.
    init(
        wouldBe book: PublishedBook, tallies: BookTallies, changes: BookChanges?, books: [BookHeader],
        _ marks: BookMarks, _ options: CreateBook.Options, notes: [DisplayText]
    ) {
        self.book = book
        isDryRun = true
        isUnchanged = false
        self.tallies = tallies
        self.changes = changes
        let older = books.map { header in
            BookHeader(
                id: header.id, version: header.version, createdAt: header.createdAt, createdBy: header.createdBy,
                isActive: false)
        }
        let own = BookHeader(
            id: book.id, version: book.version, createdAt: book.createdAt, createdBy: book.createdBy, isActive: true)
        let plan = PrunePlan(
            books: older + [own], marks: marks, policy: options.policy, now: options.now, justMade: book.id)
        retention = plan.exceedsAutomaticLimit ? .heldBack(plan) : .carriedOut(plan)
        warnings = notes.map(CreateWarning.note) + Self.warnings(tallies, retention)
    }

    /// Nothing to publish: the active book is what a new one would be.
    init(
        unchanged active: PublishedBook, tallies: BookTallies, changes: BookChanges, isDryRun: Bool,
        notes: [DisplayText] = []
    ) {
        book = active
        self.isDryRun = isDryRun
        isUnchanged = true
        self.tallies = tallies
        self.changes = changes
        retention = .notDue
        warnings = notes.map(CreateWarning.note) + Self.warnings(tallies, retention)
    }

    /// What someone should know of what was read, and of retention.
    package static func warnings(_ tallies: BookTallies, _ retention: RetentionOutcome) -> [CreateWarning] {
        var warnings: [DisplayText] = []
        if tallies.conflicts > 0 {
            let named = tallies.conflictSample.joined(separator: ", ")
            let rest = tallies.conflicts - tallies.conflictSample.count
            let more: DisplayText = rest > 0 ? " and \(rest) more" : ""
            warnings.append(
                "rows of the same part number disagree on its LOTs, and the book has them all: \(named)\(more)")
        }
        if let cycle = tallies.unreachedCycle {
            warnings.append("bundles contain one another, but no row leads to them: \(cycle)")
        }
        if let plan = retention.plan, !plan.future.isEmpty {
            let books = plan.future.map { "\($0.version) (\($0.createdAt))" as DisplayText }.joined(separator: ", ")
            warnings.append("books dated in the future take no part in retention: \(books)")
        }
        switch retention {
        case .carriedOut, .notDue:
            break
        case .heldBack(let plan):
            let refusal = PruneRefusal.beyondLimit(
                removals: plan.removed.count, limit: plan.automaticLimit, hash: plan.hash)
            return warnings.map(CreateWarning.note) + [.heldBack(refusal)]
        case .failed(_, _, let reason):
            warnings.append("the book is published, but retention failed: \(reason)")
        case .unplanned(let reason):
            warnings.append("the book is published, but retention failed: \(reason)")
        }
        return warnings.map(CreateWarning.note)
    }
}
