package import ErrorModel

/// What the reader relies on (CONTRACT 6), promise by promise.
package enum Invariant: String, Sendable, CaseIterable {
    // Of the shelf.
    case activeBook = "active_book"
    case headers
    case ids
    case headersHaveItems = "headers_have_items"
    case itemsHaveHeaders = "items_have_headers"
    // Of a book.
    case encoding
    case names
    case lengths
    case flags
    case descriptions
    case duplicates
    case record
    // Of the active book, on request.
    case catalogue
}

/// What became of one promise.
package struct Finding: Sendable, Hashable {
    package enum Result: String, Sendable {
        case ok
        case broken
        case notChecked = "not_checked"
    }

    package let promise: Invariant
    package let result: Result
    /// What was found; where it is broken, in which book.
    package let words: String
    /// What to do about it; nil where nothing is broken, or nothing better is known than the words.
    package let remedy: Remedy?

    static func ok(_ promise: Invariant, _ words: String) -> Finding {
        Finding(promise: promise, result: .ok, words: words, remedy: nil)
    }

    static func broken(_ promise: Invariant, _ words: String, fix remedy: Remedy?) -> Finding {
        Finding(promise: promise, result: .broken, words: words, remedy: remedy)
    }

    static func notChecked(_ promise: Invariant, _ words: String) -> Finding {
        Finding(promise: promise, result: .notChecked, words: words, remedy: nil)
    }
}

/// What was found about one book's items.
package struct BookFindings: Sendable {
    package let id: Int64
    package let version: String
    package let isActive: Bool
    /// As the items stand.
    package let measure: BookSummary
    /// What was recorded when the book was made; nil for another program's book.
    package let recordedDigest: String?
    package let findings: [Finding]
    /// What is no broken promise and worth knowing.
    package let notes: [String]
}

/// All that was found.
package struct VerifyReport: Sendable {
    /// Of all books together.
    package let shelf: [Finding]
    /// Of each book that was read, newest first.
    package let books: [BookFindings]
    /// The active book against the catalogue; nil where that was not asked for.
    package var catalogue: Finding?

    package var findings: [Finding] {
        shelf + books.flatMap(\.findings) + (catalogue.map { [$0] } ?? [])
    }

    package var broken: [Finding] { findings.filter { $0.result == .broken } }
}
