package import Chronology
package import PartnumberBooks

/// What `create` made, in JSON: its task's result, and the document of `create --json`. The encoder turns `emptyLot` into
/// `empty_lot`.
package struct CreateDocument: Encodable, Sendable {
    package var dryRun: Bool
    /// Nothing was published: `book` is the active one, and a new one would equal it.
    package var unchanged: Bool
    package var book: Book
    package var source: Source
    package var excluded: BookTallies.Exclusions
    package var expandedRows: Int
    package var mergedDuplicates: Int
    package var quantitiesDropped: Int
    package var conflicts: Conflicts
    package var retention: RetentionDocument
    package var warnings: [String]

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

    package init(_ report: CreateReport) {
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
        warnings = report.warnings
    }
}
