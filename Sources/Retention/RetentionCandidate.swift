package import Chronology

/// What retention needs to know of a book.
package struct RetentionCandidate: Hashable, Sendable {
    package let id: Int64
    package let createdAt: Instant
    package let isActive: Bool

    package init(id: Int64, createdAt: Instant, isActive: Bool) {
        self.id = id
        self.createdAt = createdAt
        self.isActive = isActive
    }
}
