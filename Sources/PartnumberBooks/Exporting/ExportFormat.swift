/// What a book is exported as; a file's ending decides.
package enum ExportFormat: String, Encodable, Sendable, CaseIterable {
    /// QuoteForge's local file.
    case sqlite = "db"
    case csv
    case ndjson
    /// A workbook for spreadsheets.
    case workbook = "xlsx"

    /// Nil for any other ending.
    package init?(ofFile path: String) {
        guard let format = Self.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) }) else {
            return nil
        }
        self = format
    }

    /// How its content is written.
    package enum Content {
        /// As a text, item by item.
        case text(any ItemEncoder)
        case workbook
        /// As a database, which holds several books and is brought up to date.
        case database
    }

    /// - Parameter isPlain: the texts as they are, for programs and not for spreadsheets.
    package func content(isPlain: Bool) -> Content {
        switch self {
        case .sqlite: .database
        case .csv: .text(CSVItems(isPlain: isPlain))
        case .ndjson: .text(NDJSONItems())
        case .workbook: .workbook
        }
    }

    /// Whether a terminal would show nonsense.
    package var isBinary: Bool {
        switch self {
        case .sqlite, .workbook: true
        case .csv, .ndjson: false
        }
    }
}
