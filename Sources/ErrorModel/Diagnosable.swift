/// An error that says what kind of failure it is and what helps, as values: each front end words both for itself.
///
/// Its `description` says what happened and what state things are in now. It names neither commands nor flags.
package protocol Diagnosable: Error, CustomStringConvertible {
    var category: ErrorCategory { get }

    /// What to do next; nil where nothing better is known than the description.
    var remedy: Remedy? { get }

    /// What happened and what state things are in now, for a reader who sees nothing else of the error. The description,
    /// unless other errors' descriptions, which say the state themselves, contain that.
    var summary: String { get }
}

extension Diagnosable {
    package var summary: String { description }
}
