import Database

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
