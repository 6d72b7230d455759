package import ErrorModel

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
    package let message: DisplayText
    /// What to do about it; nil where nothing is broken, or nothing better is known than what the message says.
    package let remedy: Remedy?

    static func ok(_ invariant: Invariant, _ message: DisplayText) -> Finding {
        Finding(invariant: invariant, result: .ok, message: message, remedy: nil)
    }

    static func broken(_ invariant: Invariant, _ message: DisplayText, fix remedy: Remedy?) -> Finding {
        Finding(invariant: invariant, result: .broken, message: message, remedy: remedy)
    }

    static func notChecked(_ invariant: Invariant, _ message: DisplayText) -> Finding {
        Finding(invariant: invariant, result: .notChecked, message: message, remedy: nil)
    }
}
