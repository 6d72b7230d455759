/// One row of `lot_partnumbers`, and what becomes of it.
package struct ExplainedRow: Sendable {
    package enum Outcome: Sendable, Hashable {
        case kept
        case excluded(ExclusionReason)
        /// No book can be made while this row is as it is.
        case refused(BookDataError)
    }

    package let vendor: String
    /// Untrimmed.
    package let partnumber: String
    package let lot: String?
    package let description: String?
    package let isPrimary: Bool
    package let outcome: Outcome
    /// Where it is ignored, the rules that ignore it.
    package let ignoredBy: [SeenRule]
    /// Where the rules looked at its LOT, and that is a bundle.
    package let bundle: ExplainedBundle?
}
