package import Retention

/// What the program knows of books beside their headers, and that keeps them: which one was active before, and which are pinned.
package struct BookMarks: Sendable, Hashable {
    /// The id of the book that was active before the active one; nil where there is no other.
    package var previous: Int64?
    /// By the books' ids.
    package var pins: [Int64: BookPin]

    package init(previous: Int64? = nil, pins: [Int64: BookPin] = [:]) {
        self.previous = previous
        self.pins = pins
    }

    /// What retention needs to know of a book.
    package func candidate(_ book: BookHeader) -> RetentionCandidate {
        RetentionCandidate(
            id: book.id, createdAt: book.createdAt, isActive: book.isActive,
            isPrevious: book.id == previous && !book.isActive, pinNote: pins[book.id]?.note)
    }
}
