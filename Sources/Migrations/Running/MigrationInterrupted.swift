package import Database
package import ErrorModel

/// A migration that the server stopped half-way. What had been done before remains.
package struct MigrationInterrupted: Diagnosable {
    /// `026 partnumber_books`.
    package let migration: String
    package let cause: DatabaseError
    /// A statement of it had run before.
    package let isHalfApplied: Bool

    package var text: DisplayText {
        isHalfApplied
            ? "\(cause). Migration \(migration) is half applied"
            : "\(cause). Migration \(migration) was not begun: nothing of it was changed"
    }

    package var category: ErrorCategory { cause.category }

    package var remedy: Remedy? {
        isHalfApplied ? .steps(cause.remedy, .resumeMigration) : cause.remedy
    }
}
