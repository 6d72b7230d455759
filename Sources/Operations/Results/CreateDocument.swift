import Chronology
package import ErrorModel
package import PartnumberBooks

/// What `create` made, in JSON: its task's result, and the document of `create --json` (<doc:JSONOutput#create>). The encoder
/// turns `emptyLot` into `empty_lot`.
package struct CreateDocument: Encodable, Sendable {
    var dryRun: Bool
    /// Nothing was published: `book` is the active one, and a new one would equal it.
    var unchanged: Bool
    var book: Book
    var source: Source
    var excluded: BookTallies.Exclusions
    var expandedRows: Int
    @ExplicitNull var mergedDuplicates: Int?
    var quantitiesDropped: Int
    var conflicts: Conflicts
    @ExplicitNull var changes: Changes?
    var retention: RetentionDocument
    var warnings: [String]

    struct Book: Encodable, Sendable {
        /// Null for a book of a dry run: the database gives ids.
        @ExplicitNull var id: Int64?
        @ExplicitNull var version: String?
        @ExplicitNull var createdAt: Instant?
        @ExplicitNull var createdBy: String?
        var isActive: Bool
        @ExplicitNull var items: Int?
        @ExplicitNull var partnumbers: Int?
        @ExplicitNull var digest: String?
    }

    struct Source: Encodable, Sendable {
        var rows: Int
        var bundles: Int
        var ignoreRules: Int
    }

    struct Conflicts: Encodable, Sendable {
        @ExplicitNull var count: Int?
        var partnumbers: [String]
    }

    /// Part numbers, against the book that was active.
    struct Changes: Encodable, Sendable {
        var since: BookReference
        var added: Int
        var removed: Int
        var remapped: Int
        var changed: Int
        var unchanged: Int

        init(_ changes: BookChanges) {
            since = BookReference(changes.since)
            let counts = changes.counts
            (added, removed) = (counts.added, counts.removed)
            (remapped, changed, unchanged) = (counts.remapped, counts.changed, counts.same)
        }
    }

    /// - Parameters:
    ///   - report: of a run or of a dry run.
    ///   - describe: how the front end puts an error and its remedy into words.
    package init(_ report: CreateReport, describe: (any Diagnosable) -> DisplayText) {
        let isPreview = report.isDryRun && !report.isUnchanged
        self.init(
            RunTally.Counted(tallies: report.tallies, isMerged: true, changes: report.changes),
            Book(
                id: isPreview ? nil : report.book.id, version: report.book.version, createdAt: report.book.createdAt,
                createdBy: report.book.createdBy, isActive: !isPreview, items: report.book.items,
                partnumbers: report.book.partnumbers, digest: report.book.digest))
        dryRun = report.isDryRun
        unchanged = report.isUnchanged
        retention = RetentionDocument(report.retention, preview: isPreview ? report.book.id : nil)
        warnings = report.warnings.map { $0.text(describe).string }
    }

    /// What a run that was refused or has failed had seen: its book does not exist, and has only what was counted of it.
    ///
    /// - Parameter isDryRun: it would not have been published anyway.
    package init(failed counted: RunTally.Counted, isDryRun: Bool = false) {
        let tallies = counted.tallies
        self.init(
            counted,
            Book(
                id: nil, version: nil, createdAt: nil, createdBy: nil, isActive: false,
                items: counted.isMerged ? tallies.items : nil,
                partnumbers: counted.isMerged ? tallies.partnumbers : nil,
                digest: counted.isMerged ? tallies.digest : nil))
        dryRun = isDryRun
        warnings = CreateReport.warnings(tallies, .notDue).map { $0.text { $0.text }.string }
    }

    private init(_ counted: RunTally.Counted, _ book: Book) {
        let tallies = counted.tallies
        dryRun = false
        unchanged = false
        self.book = book
        source = Source(rows: tallies.rows, bundles: tallies.bundles, ignoreRules: tallies.ignoreRules)
        excluded = tallies.excluded
        expandedRows = tallies.expandedRows
        mergedDuplicates = counted.isMerged ? tallies.mergedDuplicates : nil
        quantitiesDropped = tallies.quantitiesDropped
        conflicts = Conflicts(
            count: counted.isMerged ? tallies.conflicts : nil, partnumbers: tallies.conflictSample)
        changes = counted.changes.map(Changes.init)
        retention = RetentionDocument(.notDue)
        warnings = []
    }
}
