/// An error that says what kind of failure it is and what helps, as values: each front end words both for itself.
///
/// Its text says what happened and what state things are in now. It names neither commands nor flags. `description` is that text
/// in English.
package protocol Diagnosable: Error, CustomStringConvertible {
    /// What happened.
    var text: DisplayText { get }

    var category: ErrorCategory { get }

    /// What to do next; nil where nothing better is known than the description.
    var remedy: Remedy? { get }

    /// What happened and what state things are in now, for a reader who sees nothing else of the error. The text, unless
    /// other errors' texts, which say the state themselves, contain that.
    var summary: DisplayText { get }
}

extension Diagnosable {
    package var description: String { text.string }
    package var summary: DisplayText { text }
}
