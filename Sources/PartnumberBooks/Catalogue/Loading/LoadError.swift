package import Database
package import ErrorModel

/// Why a catalogue was not loaded. Nothing has been changed.
package enum LoadError: Diagnosable, Hashable {
    case unreadable(path: String, reason: DisplayText)
    /// A CSV file in the folder that belongs to no source table.
    case unknownFile(String)
    case missingFile(String)
    case malformed(file: String, position: CSVPosition, problem: DisplayText)
    /// The table in the database lacks a column that the file has.
    case missingColumn(file: String, position: CSVPosition, column: String, table: String)
    /// The database refused the row.
    case rejected(file: String, line: Int, reason: DisplayText)
    case notEmpty(tables: [String], place: String, engine: Engine)

    package var text: DisplayText {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        case .unknownFile(let name):
            "\(name) is not the file of a source table; those are "
                + "\(CatalogueTable.allCases.map { $0.rawValue + ".csv" }.joined(separator: ", "))"
        case .missingFile(let path):
            "\(path) does not exist; a catalogue is a folder with at least lot_partnumbers.csv"
        case .malformed(let file, let position, let problem):
            "\(file), line \(position.line), column \(position.column): \(problem)"
        case .missingColumn(let file, let position, let column, let table):
            "\(file), line \(position.line), column \(position.column): the table \(table) has no column \(column)"
        case .rejected(let file, let line, let reason):
            "\(file), line \(line): the database refuses the row: \(reason)"
        case .notEmpty(let tables, let place, _):
            "\(place): the catalogue already has rows (\(tables.joined(separator: ", ")))"
        }
    }

    package var category: ErrorCategory { .badData }

    package var remedy: Remedy? {
        switch self {
        case .unknownFile: .text("Rename or remove it")
        case .missingColumn(_, _, "is_primary_pn", _): .migrateFirst(number: "026")
        case .missingColumn: .text("Remove it from the file")
        // A SQLite file is its user's own; on a server it may be the catalogue that others work with.
        case .notEmpty(_, _, .sqlite): .replaceCatalogue
        case .notEmpty(_, let place, .mariadb):
            .text(
                "Name an empty schema in --database. If every row of the catalogue in \(place) is to be deleted and replaced, add "
                    + "--replace")
        case .unreadable, .missingFile, .malformed, .rejected: nil
        }
    }
}
