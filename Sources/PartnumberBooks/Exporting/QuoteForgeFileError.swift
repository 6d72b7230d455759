package import ErrorModel

/// A file that is not QuoteForge's. It was not changed.
package enum QuoteForgeFileError: Diagnosable, Hashable {
    case missing(place: String, what: DisplayText)
    case noDatabase(place: String)

    package var text: DisplayText {
        switch self {
        case .missing(let place, let what):
            "\(place) is not QuoteForge's local file, or of another version: it has \(what). It was not changed"
        case .noDatabase(let place):
            "\(place) is not a SQLite database, or is damaged. It was not changed"
        }
    }

    package var category: ErrorCategory { .schema }
    package var remedy: Remedy? { .chooseNewFile }
}
