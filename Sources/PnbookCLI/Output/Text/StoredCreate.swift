import ErrorModel
import Operations
import PartnumberBooks

/// The stored result of a `create`, which has been published, or was refused or has failed after the catalogue was read: the
/// report is that of the run itself.
struct StoredCreate: Decodable {
    private struct Book: Decodable {
        let id: Int64?
        let version: String?
        let items: Int?
        let partnumbers: Int?
        let digest: String?
    }

    private struct Source: Decodable {
        let rows: Int
        let bundles: Int
        let ignoreRules: Int
    }

    private struct Conflicts: Decodable {
        let count: Int?
    }

    private struct Changes: Decodable {
        struct Since: Decodable {
            let id: Int64
            let version: String
        }

        let since: Since
        let added: Int
        let removed: Int
        let remapped: Int
        let changed: Int
        let unchanged: Int
    }

    private struct Retention: Decodable {
        struct Decision: Decodable {
            let id: Int64?
            let version: String
            let reasons: [String]
        }

        let kept: [Decision]
        let removed: [Decision]
        let held: [Decision]
    }

    private let unchanged: Bool
    private let book: Book
    private let source: Source
    private let excluded: BookTallies.Exclusions
    private let expandedRows: Int
    private let mergedDuplicates: Int?
    private let quantitiesDropped: Int
    private let conflicts: Conflicts
    private let changes: Changes?
    private let retention: Retention
    private let warnings: [String]

    func text(_ style: TextStyle) -> DisplayText {
        var table = counted.table
        if !retention.kept.isEmpty {
            table.add("kept", DisplayText(retention.kept.count.grouped), retention.kept.count.noun("book"))
        }
        for (verdict, decisions) in [("removed" as DisplayText, retention.removed), ("held back", retention.held)] {
            for decision in decisions {
                let why = decision.reasons.first.map { "\(decision.version): \($0)" } ?? decision.version
                table.add(verdict, DisplayText(decision.id.map { String($0) } ?? ""), DisplayText(why))
            }
        }
        let news: DisplayText = unchanged ? "" : counted.changes.map { "\($0.sentence)\n" } ?? ""
        let digest: DisplayText = book.digest.map { "\n  \($0)\n" } ?? ""
        let lines = warnings.map { warning -> DisplayText in "  warning: \(warning)\n" }
        return "\(head)\n\(news)\n\(table.text(style))\(digest)\(lines.isEmpty ? "" : "\n")\(lines.joined())"
    }

    private var head: DisplayText {
        guard let version = book.version, let id = book.id else { return "No book was published." }
        if unchanged {
            return "Unchanged: a new book would equal \(version) (id \(id)), which is active; nothing was published."
        }
        return "\(version) (id \(id)) became active."
    }

    private var counted: RunTally.Counted {
        var tallies = BookTallies()
        tallies.rows = source.rows
        tallies.bundles = source.bundles
        tallies.ignoreRules = source.ignoreRules
        tallies.excluded = excluded
        tallies.expandedRows = expandedRows
        tallies.mergedDuplicates = mergedDuplicates ?? 0
        tallies.quantitiesDropped = quantitiesDropped
        tallies.conflicts = conflicts.count ?? 0
        tallies.items = book.items ?? 0
        tallies.partnumbers = book.partnumbers ?? 0
        let changes = changes.map { changes in
            var counts = BookDiff.Counts()
            (counts.added, counts.removed) = (changes.added, changes.removed)
            (counts.remapped, counts.changed, counts.same) = (changes.remapped, changes.changed, changes.unchanged)
            return BookChanges(
                since: BookName(id: changes.since.id, version: changes.since.version), counts: counts)
        }
        return RunTally.Counted(tallies: tallies, isMerged: mergedDuplicates != nil, changes: changes)
    }
}
