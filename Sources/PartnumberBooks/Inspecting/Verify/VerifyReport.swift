package import ErrorModel

/// What readers rely on (<doc:ReaderProtocol#Promises>), promise by promise.
package enum Invariant: String, Sendable, CaseIterable {
    // Of all books together.
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

/// Whether one promise is kept.
package struct Finding: Sendable, Hashable {
    package enum Result: String, Sendable {
        case ok
        case broken
        case notChecked = "not_checked"
    }

    package let invariant: Invariant
    package let result: Result
    /// What was found; where it is broken, in which book.
    package let message: String
    /// What to do about it; nil where nothing is broken, or nothing better is known than what the message says.
    package let remedy: Remedy?

    static func ok(_ invariant: Invariant, _ message: String) -> Finding {
        Finding(invariant: invariant, result: .ok, message: message, remedy: nil)
    }

    static func broken(_ invariant: Invariant, _ message: String, fix remedy: Remedy?) -> Finding {
        Finding(invariant: invariant, result: .broken, message: message, remedy: remedy)
    }

    static func notChecked(_ invariant: Invariant, _ message: String) -> Finding {
        Finding(invariant: invariant, result: .notChecked, message: message, remedy: nil)
    }
}

/// What was found about one book's items.
package struct BookFindings: Sendable {
    package let id: Int64
    package let version: String
    package let isActive: Bool
    /// Of the items as they are now.
    package let measure: BookSummary
    /// What was recorded when the book was made; nil for another program's book.
    package let recordedDigest: String?
    package let findings: [Finding]
    /// Worth knowing, though no promise is broken.
    package let notes: [String]
}

/// All that was found.
package struct VerifyReport: Sendable {
    /// Of all books together.
    package let allBooks: [Finding]
    /// Of each book that was read, newest first.
    package let books: [BookFindings]
    /// The active book against the catalogue; nil where that was not asked for.
    package var catalogue: Finding?

    package var findings: [Finding] {
        allBooks + books.flatMap(\.findings) + (catalogue.map { [$0] } ?? [])
    }

    package var broken: [Finding] { findings.filter { $0.result == .broken } }
}
