package import Chronology

/// `create --json` (CONTRACT 8), in the contract's own names: the encoder turns `emptyLot` into `empty_lot`.
package struct CreateDocument: Encodable, Sendable {
    package var schema = 1
    package var dryRun: Bool
    /// Nothing was published: `book` is the active one, and a new one would equal it.
    package var unchanged: Bool
    @ExplicitNull package var task: TaskSummary?
    package var book: Book
    package var source: Source
    package var excluded: BookTallies.Exclusions
    package var expandedRows: Int
    package var mergedDuplicates: Int
    package var quantitiesDropped: Int
    package var conflicts: Conflicts
    package var retention: RetentionDocument
    package var warnings: [String]

    package struct TaskSummary: Encodable, Sendable {
        package var id: String
        package var type: String
        package var status: String
        package var triggeredBy: String
        package var startedAt: Instant
        @ExplicitNull package var completedAt: Instant?

        package init(
            id: String, type: String, status: String, triggeredBy: String, startedAt: Instant, completedAt: Instant?
        ) {
            self.id = id
            self.type = type
            self.status = status
            self.triggeredBy = triggeredBy
            self.startedAt = startedAt
            self.completedAt = completedAt
        }
    }

    package struct Book: Encodable, Sendable {
        /// Null in a dry run: the database gives ids.
        @ExplicitNull package var id: Int64?
        package var version: String
        package var createdAt: Instant
        package var createdBy: String
        package var isActive: Bool
        package var items: Int
        package var partnumbers: Int
        package var digest: String
    }

    package struct Source: Encodable, Sendable {
        package var rows: Int
        package var bundles: Int
        package var ignoreRules: Int
    }

    package struct Conflicts: Encodable, Sendable {
        package var count: Int
        package var partnumbers: [String]
    }

    /// - Parameter task: nil in a dry run, which is no task.
    package init(_ report: CreateReport, task: TaskSummary?) {
        let tallies = report.tallies
        dryRun = report.isDryRun
        unchanged = report.isUnchanged
        let isImagined = report.isDryRun && !report.isUnchanged
        book = Book(
            id: isImagined ? nil : report.book.id, version: report.book.version, createdAt: report.book.createdAt,
            createdBy: report.book.createdBy, isActive: !isImagined, items: report.book.items,
            partnumbers: report.book.partnumbers, digest: report.book.digest)
        source = Source(rows: tallies.rows, bundles: tallies.bundles, ignoreRules: tallies.ignoreRules)
        excluded = tallies.excluded
        expandedRows = tallies.expandedRows
        mergedDuplicates = tallies.mergedDuplicates
        quantitiesDropped = tallies.quantitiesDropped
        conflicts = Conflicts(count: tallies.conflicts, partnumbers: tallies.conflictSample)
        retention = RetentionDocument(report.retention, imagined: isImagined ? report.book.id : nil)
        warnings = report.warnings
        self.task = task
    }
}

/// Retention's decisions in JSON.
package struct RetentionDocument: Encodable, Sendable {
    package var kept: [Decision] = []
    package var removed: [Decision] = []
    /// Books that the plan would remove and that stand: it was too large for an automatic run, or it failed.
    package var held: [Decision] = []
    /// What `prune --approve` wants to hear.
    @ExplicitNull package var planHash: String?

    package struct Decision: Encodable, Sendable {
        @ExplicitNull package var id: Int64?
        package var version: String
        package var reasons: [String]

        init(_ entry: PrunePlan.Entry, imagined: Int64?) {
            version = entry.book.version
            reasons = entry.reasons
            id = entry.book.id == imagined ? nil : entry.book.id
        }
    }

    /// - Parameter imagined: the id that stands for a book which was never written.
    package init(_ outcome: RetentionOutcome, imagined: Int64? = nil) {
        guard let plan = outcome.plan else { return }
        let decisions = { (entries: [PrunePlan.Entry]) in entries.map { Decision($0, imagined: imagined) } }
        kept = decisions(plan.kept)
        removed = decisions(outcome.removed)
        held = decisions(outcome.held)
        planHash = plan.hash
    }
}

/// An optional that is written as `null` where it is nil, instead of being left out.
@propertyWrapper
package struct ExplicitNull<Wrapped: Encodable & Sendable>: Encodable, Sendable {
    package var wrappedValue: Wrapped?

    package init(wrappedValue: Wrapped?) {
        self.wrappedValue = wrappedValue
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let wrappedValue {
            try container.encode(wrappedValue)
        } else {
            try container.encodeNil()
        }
    }
}
