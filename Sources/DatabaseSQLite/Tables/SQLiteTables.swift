package import Database

extension SQLiteConnection {
    package func describe(_ tables: [String]) throws -> [TableDescription] {
        try tables.compactMap { try description(of: $0) }
    }

    package func variables(_ names: [String]) -> [String: String] { [:] }

    private func description(of table: String) throws -> TableDescription? {
        let found = try first(
            "SELECT type, wr FROM pragma_table_list(\(table)) WHERE schema = 'main'"
        ) { row in
            (type: row.text(0) ?? "", isClustered: row.integer(1) == 1)
        }
        guard let found else { return nil }
        let kind: TableDescription.Kind =
            switch found.type {
            case "table": .table
            case "view": .view
            case let other: .other(other)
            }
        return TableDescription(
            name: table, kind: kind, columns: try tableColumns(of: table, isClustered: found.isClustered),
            keys: try keys(of: table),
            triggers: try rows(
                """
                SELECT name FROM sqlite_schema
                WHERE type = 'trigger' AND tbl_name = \(table) COLLATE NOCASE ORDER BY name
                """
            ) { $0.text(0) ?? "" },
            references: try rows(
                """
                SELECT DISTINCT m.name, f.on_delete FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
                WHERE m.type = 'table' AND f."table" = \(table) COLLATE NOCASE ORDER BY m.name
                """
            ) { TableReference(table: $0.text(0) ?? "", name: nil, onDelete: ($0.text(1) ?? "").uppercased()) })
    }

    private func tableColumns(of table: String, isClustered: Bool) throws -> [TableColumn] {
        let details = try rows("SELECT name, dflt_value, pk, upper(type) FROM pragma_table_xinfo(\(table))") { row in
            (
                name: row.text(0) ?? "", hasDefault: !row.isNull(1), isInKey: (row.integer(2) ?? 0) > 0,
                isInteger: row.text(3) == "INTEGER"
            )
        }
        let isSingleKey = details.count(where: \.isInKey) == 1
        return try (columns(of: table) ?? []).map { column in
            let detail = details.first { $0.name == column.name }
            // Only a key declared as INTEGER is the row's own number; any other stays NULL when it is left out.
            let givesNumbers = !isClustered && isSingleKey && detail?.isInKey == true && detail?.isInteger == true
            return TableColumn(
                column,
                mayBeLeftOut: column.isNullable || column.isGenerated || givesNumbers || detail?.hasDefault == true,
                givesNumbers: givesNumbers)
        }
    }

    private func keys(of table: String) throws -> [TableKey] {
        let indexes = try rows("SELECT name, \"unique\", partial FROM pragma_index_list(\(table))") { row in
            (name: row.text(0) ?? "", isUnique: row.integer(1) == 1, isPartial: row.integer(2) == 1)
        }
        return try indexes.map { index in
            let parts = try rows(
                "SELECT name, coll FROM pragma_index_xinfo(\(index.name)) WHERE key = 1 ORDER BY seqno"
            ) {
                TableKey.Part(column: $0.text(0), collation: $0.text(1))
            }
            return TableKey(name: index.name, isUnique: index.isUnique, isPartial: index.isPartial, parts: parts)
        }
    }
}
