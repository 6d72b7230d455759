package import Chronology
import ErrorModel
package import PartnumberBooks

/// A pin in JSON.
package struct PinObject: Encodable, Sendable {
    package let note: String
    package let by: String
    package let at: Instant

    /// - Parameter pin: what is recorded.
    package init(_ pin: BookPin) {
        note = pin.note
        by = pin.by
        at = pin.at
    }
}

/// What `pin` or `unpin` did, in JSON (<doc:JSONOutput#pin-and-unpin>).
package struct PinDocument: Encodable, Sendable {
    let id: Int64
    let version: String
    /// False for a pin that was left of a book removed by hand.
    let exists: Bool
    let changed: Bool
    /// Null for a book that is not pinned.
    @ExplicitNull var pinned: PinObject?
    /// The pin that the book had until then; null where it had none.
    @ExplicitNull var before: PinObject?
    /// Whether retention keeps the book as it is now, and why.
    let isKept: Bool
    let reasons: [String]

    /// - Parameter outcome: what was done.
    package init(_ outcome: BookPinning.Outcome) {
        let report = outcome.report
        id = report.id
        version = report.version
        exists = report.exists
        changed = outcome.isChanged
        isKept = outcome.keepReasons != nil
        reasons = (outcome.keepReasons ?? outcome.removalReasons).map(\.string)
        pinned = report.after.map(PinObject.init)
        before = report.before.map(PinObject.init)
    }
}
