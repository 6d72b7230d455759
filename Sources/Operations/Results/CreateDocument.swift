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
    var mergedDuplicates: Int
    var quantitiesDropped: Int
    var conflicts: Conflicts
    var retention: RetentionDocument
    var warnings: [String]

    struct Book: Encodable, Sendable {
        /// Null for a book of a dry run: the database gives ids.
        @ExplicitNull var id: Int64?
        var version: String
        var createdAt: Instant
        var createdBy: String
        var isActive: Bool
        var items: Int
        var partnumbers: Int
        var digest: String
    }

    struct Source: Encodable, Sendable {
        var rows: Int
        var bundles: Int
        var ignoreRules: Int
    }

    struct Conflicts: Encodable, Sendable {
        var count: Int
        var partnumbers: [String]
    }

    /// - Parameters:
    ///   - report: of a run or of a dry run.
    ///   - describe: how the front end puts an error and its remedy into words.
    package init(_ report: CreateReport, describe: (any Diagnosable) -> DisplayText) {
        let tallies = report.tallies
        dryRun = report.isDryRun
        unchanged = report.isUnchanged
        let isPreview = report.isDryRun && !report.isUnchanged
        book = Book(
            id: isPreview ? nil : report.book.id, version: report.book.version, createdAt: report.book.createdAt,
            createdBy: report.book.createdBy, isActive: !isPreview, items: report.book.items,
            partnumbers: report.book.partnumbers, digest: report.book.digest)
        source = Source(rows: tallies.rows, bundles: tallies.bundles, ignoreRules: tallies.ignoreRules)
        excluded = tallies.excluded
        expandedRows = tallies.expandedRows
        mergedDuplicates = tallies.mergedDuplicates
        quantitiesDropped = tallies.quantitiesDropped
        conflicts = Conflicts(count: tallies.conflicts, partnumbers: tallies.conflictSample)
        retention = RetentionDocument(report.retention, preview: isPreview ? report.book.id : nil)
        warnings = report.warnings.map { $0.text(describe).string }
    }
}
