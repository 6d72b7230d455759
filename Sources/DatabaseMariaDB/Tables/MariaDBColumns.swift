package import Database

extension MariaDBConnection {
    package func columns(of table: String) throws -> [ColumnDescription]? {
        let columns = try rows(
            """
            SELECT column_name, column_type, data_type, character_maximum_length, is_nullable, extra
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = \(table)
            ORDER BY ordinal_position
            """
        ) { row in
            ColumnDescription(
                name: row.text(0) ?? "", declaredType: row.text(1) ?? "",
                kind: Self.kind(of: row.text(2) ?? "", limit: row.integer(3)),
                isNullable: row.text(4) == "YES", isGenerated: (row.text(5) ?? "").contains("GENERATED"))
        }
        guard columns.isEmpty else { return columns }
        // information_schema hides what the user may not see: only 1146 proves that the table is absent.
        do {
            _ = try count("SELECT 1 FROM \(identifier: table) LIMIT 0")
            return []
        } catch let error as DatabaseError where error.kind == .missingTable {
            return nil
        }
    }

    static func kind(of dataType: String, limit: Int64?) -> ColumnDescription.Kind {
        switch dataType.lowercased() {
        case "tinyint", "smallint", "mediumint", "int", "bigint", "bit", "boolean": .integer
        case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum":
            .text(limit: limit.map { Int($0) })
        case "datetime", "timestamp": .dateTime
        case "decimal", "float", "double": .number
        default: .other
        }
    }
}
