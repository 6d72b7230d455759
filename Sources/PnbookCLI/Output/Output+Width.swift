import ErrorModel
import FoundationEssentials
import Glibc

extension Output {
    /// Writes all of a text for people, its paragraphs wrapped at blanks.
    ///
    /// - Parameter width: that no line exceeds; nil for any.
    /// - Throws: ``OutputError``.
    func write(_ text: DisplayText, width: Int?) throws {
        guard let width else { return try write(text) }
        try write(document: LineBreaking.fitted(shown(text), width: width))
    }

    /// The columns of the terminal; nil where this is none. `COLUMNS` counts before what the terminal says, as POSIX has it.
    func width(_ environment: [String: String]) -> Int? {
        guard isTerminal else { return nil }
        guard let wanted = environment["COLUMNS"].flatMap({ Int($0) }), (1...10_000).contains(wanted) else {
            return columns
        }
        return wanted
    }
}
