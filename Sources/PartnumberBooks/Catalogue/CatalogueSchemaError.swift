package import Database
package import ErrorModel

/// A source table that does not exist, lacks a column, or cannot be read at one instant.
package enum CatalogueSchemaError: Diagnosable, Hashable {
    case missingTable(String, place: String)
    case missingColumn(table: String, column: String, place: String)
    /// A table of an engine that knows no snapshot: a book of it could mix two states of the catalogue.
    case withoutSnapshot(table: String, unsafe: [UnsafeTable], place: String)

    package var text: DisplayText {
        switch self {
        case .missingTable(let table, let place):
            "\(place): the source table \(table) does not exist. Is this the right database?"
        case .missingColumn(let table, let column, let place):
            "\(place): the source table \(table) has no column \(column). Is this PriceForge's database, and its schema "
                + "at 025 or later?"
        case .withoutSnapshot(let table, let unsafe, let place):
            "\(place): the source table \(table) cannot be read as of one instant, for \(Self.engines(of: unsafe)). Nothing was "
                + "changed"
        }
    }

    private static func engines(of tables: [UnsafeTable]) -> DisplayText {
        tables.map { "\($0.name) is of the engine \($0.engine)" }.joined(separator: ", ")
    }

    package var category: ErrorCategory { .schema }

    package var remedy: Remedy? {
        switch self {
        case .missingTable: .loadCatalogue
        case .missingColumn: nil
        case .withoutSnapshot(_, let unsafe, _): .sql(unsafe.map(\.remedy))
        }
    }
}
