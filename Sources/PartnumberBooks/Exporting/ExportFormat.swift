/// What a book is exported as; a file's ending decides.
package enum ExportFormat: String, Encodable, Sendable, CaseIterable {
    /// QuoteForge's local file.
    case sqlite = "db"
    case csv
    case ndjson

    /// Nil for any other ending.
    package init?(ofFile path: String) {
        guard let format = Self.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) }) else {
            return nil
        }
        self = format
    }

    /// How an item is written as text; nil for a format that is not text and holds several books.
    ///
    /// - Parameter isPlain: the texts as they are, for programs and not for spreadsheets.
    package func encoder(isPlain: Bool) -> (any ItemEncoder)? {
        switch self {
        case .sqlite: nil
        case .csv: CSVItems(isPlain: isPlain)
        case .ndjson: NDJSONItems()
        }
    }
}
