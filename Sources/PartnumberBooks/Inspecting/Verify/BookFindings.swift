package import ErrorModel

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
    package let notes: [DisplayText]
}
