package import PartnumberBooks

/// A stored document of `create`, of a run that has published a book or of one that has not (<doc:JSONOutput#create>).
package struct StoredCreation: Decodable {
    package struct Book: Decodable {
        package let id: Int64?
        package let version: String?
        package let items: Int?
        package let partnumbers: Int?
        package let digest: String?
    }

    struct Source: Decodable {
        let rows: Int
        let bundles: Int
        let ignoreRules: Int
    }

    struct Conflicts: Decodable {
        let count: Int?
        let partnumbers: [String]
    }

    struct Changes: Decodable {
        let since: BookName
        let added: Int
        let removed: Int
        let remapped: Int
        let changed: Int
        let unchanged: Int
    }

    package struct Retention: Decodable {
        package struct Decision: Decodable {
            package let id: Int64?
            package let version: String
            package let reasons: [String]
        }

        package let kept: [Decision]
        package let removed: [Decision]
        package let held: [Decision]
    }

    package let unchanged: Bool
    package let book: Book
    let source: Source
    let excluded: BookTallies.Exclusions
    let expandedRows: Int
    let mergedDuplicates: Int?
    let quantitiesDropped: Int
    let conflicts: Conflicts
    /// Nil also in a document of an earlier version.
    let changes: Changes?
    package let retention: Retention
    package let warnings: [String]

    /// Nil for a document of another shape.
    package init?(stored text: String?) {
        guard let text, let document = JSONDocument.decoded(Self.self, stored: text) else { return nil }
        self = document
    }

    /// What the run had counted.
    package var counted: RunTally.Counted {
        var tallies = BookTallies()
        tallies.rows = source.rows
        tallies.bundles = source.bundles
        tallies.ignoreRules = source.ignoreRules
        tallies.excluded = excluded
        tallies.expandedRows = expandedRows
        tallies.mergedDuplicates = mergedDuplicates ?? 0
        tallies.quantitiesDropped = quantitiesDropped
        tallies.conflicts = conflicts.count ?? 0
        tallies.conflictSample = conflicts.partnumbers
        tallies.items = book.items ?? 0
        tallies.partnumbers = book.partnumbers ?? 0
        tallies.digest = book.digest ?? ""
        let changes = changes.map { changes in
            var counts = BookDiff.Counts()
            (counts.added, counts.removed) = (changes.added, changes.removed)
            (counts.remapped, counts.changed, counts.same) = (changes.remapped, changes.changed, changes.unchanged)
            return BookChanges(since: changes.since, counts: counts)
        }
        return RunTally.Counted(tallies: tallies, isMerged: book.items != nil, changes: changes)
    }
}
