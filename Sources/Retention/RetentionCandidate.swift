package import Chronology

/// What retention needs to know of a book.
package struct RetentionCandidate: Hashable, Sendable {
    package let id: Int64
    package let createdAt: Instant
    package let isActive: Bool
    /// Whether it was active before the active one.
    package let isPrevious: Bool
    /// Why it is kept for good; nil for a book that is not pinned.
    package let pinNote: String?

    package init(id: Int64, createdAt: Instant, isActive: Bool, isPrevious: Bool = false, pinNote: String? = nil) {
        self.id = id
        self.createdAt = createdAt
        self.isActive = isActive
        self.isPrevious = isPrevious
        self.pinNote = pinNote
    }
}
