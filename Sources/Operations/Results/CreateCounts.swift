import ErrorModel
import Foundation
import PartnumberBooks

/// The counts in a stored document of `create`, of a run that has published a book or of one that has not.
struct CreateCounts: Decodable {
    struct Book: Decodable {
        let items: Int?
    }

    struct Source: Decodable {
        let rows: Int
    }

    struct Conflicts: Decodable {
        let count: Int?
    }

    struct Changes: Decodable {
        let added: Int
        let removed: Int
        let remapped: Int
        let changed: Int
        let unchanged: Int
    }

    let book: Book
    let source: Source
    /// Rows by reason (<doc:BookRules#One-reason-for-each-excluded-row>).
    let excluded: BookTallies.Exclusions
    let expandedRows: Int
    let mergedDuplicates: Int?
    let quantitiesDropped: Int
    let conflicts: Conflicts
    /// Nil also in a document of an earlier version.
    let changes: Changes?
    let warnings: [String]

    /// Nil for a document of another shape.
    init?(stored text: String?) {
        guard let text else { return nil }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let counts = try? decoder.decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = counts
    }

    /// In one line; see ``PartnumberBooks/RunTally/Counted``.
    var sentence: DisplayText { BookTallies.sentence(rows: source.rows, excluded: excluded, items: book.items) }
}
