import ErrorModel
import Migrations
import Operations
import Tasks

/// A task's stored result for people: for this program's types much as the run has printed it, for any other as a table of its
/// fields.
struct StoredReport {
    private let type: TaskType?
    private let result: String

    /// - Parameters:
    ///   - type: the task's, which may be another program's.
    ///   - result: a JSON document, or any text.
    init(ofType type: String, result: String) {
        self.type = TaskType(rawValue: type)
        self.result = result
    }

    func text(_ style: TextStyle) -> DisplayText {
        ownText(style) ?? FieldTable(JSONValue(stored: result)).text(style)
    }

    /// Nil for a result that another version has written otherwise.
    private func ownText(_ style: TextStyle) -> DisplayText? {
        switch type {
        case .activate: decoded(StoredActivation.self)?.text
        case .migrate: decoded(StoredMigrations.self)?.text
        case .load: decoded(StoredLoad.self)?.text(style)
        case .retention: decoded(StoredRetention.self)?.text(style)
        case .create: StoredCreation(stored: result)?.text(style)
        case nil: nil
        }
    }

    private func decoded<Document: Decodable>(_ type: Document.Type) -> Document? {
        JSONDocument.decoded(type, stored: result)
    }
}

private struct StoredActivation: Decodable {
    struct Book: Decodable {
        let id: Int64
        let version: String
    }

    let active: Book
    let items: Int?
    let before: Book?

    var text: DisplayText {
        let what: DisplayText = items.map { " with \($0.counted("item"))" } ?? ""
        let instead: DisplayText = before.map { "; before, \($0.version) (id \($0.id)) was" } ?? ""
        return "\(active.version) (id \(active.id)) is active\(what)\(instead).\n"
    }
}

private struct StoredMigrations: Decodable {
    struct Entry: Decodable {
        let number: Int
        let name: String
        let method: String
    }

    let migrations: [Entry]

    var text: DisplayText {
        if migrations.isEmpty { return "Nothing was pending.\n" }
        return migrations.map { "\(Migration.label($0.number)) \($0.name): \(DisplayText.term($0.method))\n" }.joined()
    }
}

private struct StoredLoad: Decodable {
    struct Table: Decodable {
        let table: String
        let rows: Int
    }

    let loaded: [Table]

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.right, .left], indent: "  ")
        for line in loaded { table.add(DisplayText(line.rows.grouped), DisplayText(line.table)) }
        return "Loaded:\n" + table.text(style)
    }
}

private struct StoredRetention: Decodable {
    struct Decision: Decodable {
        let id: Int64?
        let version: String
        let reasons: [String]
    }

    let kept: [Decision]
    let removed: [Decision]
    let held: [Decision]

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "version", "why"])
        let verdicts: [(DisplayText, [Decision])] = [("kept", kept), ("removed", removed), ("held back", held)]
        for (verdict, books) in verdicts {
            for book in books {
                table.add(
                    verdict, book.id.map { "\($0)" } ?? "", DisplayText(book.version),
                    book.reasons.map(DisplayText.term).joined(separator: ", "))
            }
        }
        return table.text(style) + "\n\(removed.count.counted("book")) removed, \(kept.count.grouped) kept.\n"
    }
}
