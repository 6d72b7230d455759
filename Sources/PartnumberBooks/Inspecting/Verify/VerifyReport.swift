import ErrorModel

/// All that was found.
package struct VerifyReport: Sendable {
    /// Of all books together.
    package let allBooks: [Finding]
    /// Of each book that was read, newest first.
    package let books: [BookFindings]
    /// The active book against the catalogue; nil where that was not requested.
    package var catalogue: Finding?

    package var findings: [Finding] {
        allBooks + books.flatMap(\.findings) + (catalogue.map { [$0] } ?? [])
    }

    package var broken: [Finding] { findings.filter { $0.result == .broken } }
}
