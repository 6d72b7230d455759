package import Chronology

/// One row of `pnbook_schema_history`.
package struct HistoryEntry: Sendable, Hashable {
    package enum Method: String, Sendable {
        /// Run by this program.
        case applied
        /// Found in place: PriceForge had applied it.
        case adopted
    }

    package let number: Int
    package let name: String
    package let checksum: String
    package let method: Method
    package let startedAt: Instant
    /// Nil while it is being applied, and after an interruption.
    package let finishedAt: Instant?
    package let appliedBy: String
}
