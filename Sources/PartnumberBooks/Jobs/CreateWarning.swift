package import ErrorModel

/// What someone should know of a book that was made all the same.
package enum CreateWarning: Sendable, Hashable {
    /// In words that need no remedy.
    case note(DisplayText)
    /// Retention was not carried out, because someone must look first.
    case heldBack(PruneRefusal)

    /// The warning in words.
    ///
    /// - Parameter describe: how the front end puts an error and its remedy into words.
    package func text(_ describe: (any Diagnosable) -> DisplayText) -> DisplayText {
        switch self {
        case .note(let words): words
        case .heldBack(let refusal): describe(refusal)
        }
    }
}
