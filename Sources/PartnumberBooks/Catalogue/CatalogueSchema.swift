package import Database
package import ErrorModel

/// The source tables, as far as a book needs them (<doc:Tables#Sources>).
package enum CatalogueTable: String, CaseIterable, Sendable {
    /// Not needed to build a book; first, because a host's tables may refer to it.
    case lots = "lot"
    case mappings = "lot_partnumbers"
    case bundles = "qt_lot_bundles"
    case bundleItems = "qt_lot_bundle_items"
    case seen = "qt_vendor_partnumber_seen"

    /// Read where they exist.
    var optionalColumns: [String] {
        switch self {
        case .mappings: ["is_primary_pn"]
        case .seen: ["is_pattern"]
        case .lots, .bundles, .bundleItems: []
        }
    }

    var requiredColumns: [String] {
        switch self {
        case .mappings: ["vendor", "partnumber", "lot_name", "description"]
        case .bundles: ["bundle_lot_name"]
        case .bundleItems: ["bundle_lot_name", "lot_name", "qty"]
        case .seen: ["partnumber", "is_ignored"]
        case .lots: []
        }
    }
}

/// A source table that does not exist, lacks a column, or cannot be read at one instant.
package enum CatalogueSchemaError: Diagnosable, Hashable {
    case missingTable(String, place: String)
    case missingColumn(table: String, column: String, place: String)
    /// A table of an engine that knows no snapshot: a book of it could mix two states of the catalogue.
    case withoutSnapshot(table: String, unsafe: [UnsafeTable], place: String)

    package var description: String {
        switch self {
        case .missingTable(let table, let place):
            "\(place): the source table \(table) does not exist. Is this the right database?"
        case .missingColumn(let table, let column, let place):
            "\(place): the source table \(table) has no column \(column). Is this PriceForge's database, and its schema "
                + "at 025 or later?"
        case .withoutSnapshot(let table, let unsafe, let place):
            "\(place): the source table \(table) cannot be read as of one instant, for "
                + unsafe.map { "\($0.name) is of the engine \($0.engine)" }.joined(separator: ", ")
                + ". Nothing was changed"
        }
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

/// Which optional columns exist; looked up before anything is read.
struct CatalogueShape {
    /// From migration 026.
    var hasPrimaryFlag: Bool
    var hasPatterns: Bool

    /// Looks at the source tables.
    ///
    /// - Throws: ``CatalogueSchemaError``.
    init(of connection: any Connection) throws {
        var names: [CatalogueTable: Set<String>] = [:]
        let needed = CatalogueTable.allCases.filter { !$0.requiredColumns.isEmpty }
        let found = try connection.describe(needed.map(\.rawValue))
        for table in needed {
            guard let description = found.first(where: { $0.name == table.rawValue }) else {
                throw CatalogueSchemaError.missingTable(table.rawValue, place: connection.place)
            }
            let present = Set(description.columns.map { $0.name.lowercased() })
            for column in table.optionalColumns where !present.contains(column) {
                try connection.proveAbsence(ofColumn: column, in: table.rawValue)
            }
            if let missing = table.requiredColumns.first(where: { !present.contains($0) }) {
                try connection.proveAbsence(ofColumn: missing, in: table.rawValue)
                throw CatalogueSchemaError.missingColumn(
                    table: table.rawValue, column: missing, place: connection.place)
            }
            names[table] = present
        }
        for description in found where !description.withoutSnapshots.isEmpty {
            throw CatalogueSchemaError.withoutSnapshot(
                table: description.name, unsafe: description.withoutSnapshots, place: connection.place)
        }
        hasPrimaryFlag = names[.mappings]?.contains("is_primary_pn") ?? false
        hasPatterns = names[.seen]?.contains("is_pattern") ?? false
    }
}
