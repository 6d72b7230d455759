package import Database

extension MariaDBConnection {
    /// Everything about all tables in one query: separate ones would be a round trip each.
    ///
    /// A table's name is a constant in each part: otherwise the server would open every table of the schema instead of that
    /// one.
    package func describe(_ tables: [String]) throws -> [TableDescription] {
        var found: [String: TableRows] = [:]
        let parts = tables.indices.flatMap { Self.parts(of: tables[$0], index: $0) }
        var question: SQL = ""
        for (index, part) in parts.enumerated() { question = index == 0 ? part : "\(question) UNION ALL \(part)" }
        guard !parts.isEmpty else { return [] }
        try forEachRow(question) { row in
            guard let index = row.integer(1), tables.indices.contains(Int(index)) else { return }
            found[tables[Int(index)], default: TableRows()].add(row)
        }
        var descriptions: [TableDescription] = []
        for table in tables {
            guard let rows = found[table], rows.exists else {
                // information_schema hides what the user may not see: only 1146 proves that the table is absent.
                if try !isAbsent(table) { descriptions += try describe([table]) }
                continue
            }
            var description = rows.description(of: table)
            if description.kind == .view { description.withoutSnapshots = try tablesWithoutSnapshots(below: table) }
            descriptions.append(description)
        }
        return descriptions
    }

    /// False for a table that has been made since the look.
    ///
    /// - Throws: ``DatabaseError`` where the table exists and this user may not look at it.
    private func isAbsent(_ table: String) throws -> Bool {
        do {
            try execute("SELECT 1 FROM \(identifier: table) LIMIT 0")
            return false
        } catch let error as DatabaseError where error.kind == .missingTable {
            return true
        }
    }

    private static func parts(of table: String, index: Int) -> [SQL] {
        [
            """
            SELECT 't' AS what, \(index) AS which, 0 AS place, t.table_type AS a, t.engine AS b, e.transactions AS c,
                NULL AS d, NULL AS e, NULL AS f, NULL AS g, NULL AS h, NULL AS i
            FROM information_schema.tables t LEFT JOIN information_schema.engines e ON e.engine = t.engine
            WHERE t.table_schema = DATABASE() AND t.table_name = \(table)
            """,
            """
            SELECT 'c', \(index), ordinal_position, column_name, column_type, data_type, character_maximum_length,
                is_nullable, extra, column_default, character_set_name, collation_name
            FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = \(table)
            """,
            """
            SELECT 'k', \(index), seq_in_index, index_name, non_unique, column_name, sub_part, NULL, NULL, NULL, NULL, NULL
            FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = \(table)
            """,
            """
            SELECT 'g', \(index), action_order, trigger_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
            FROM information_schema.triggers WHERE event_object_schema = DATABASE() AND event_object_table = \(table)
            """,
            """
            SELECT 'r', \(index), 0, constraint_name, table_name, delete_rule, NULL, NULL, NULL, NULL, NULL, NULL
            FROM information_schema.referential_constraints
            WHERE unique_constraint_schema = DATABASE() AND referenced_table_name = \(table)
            """,
        ]
    }

    package func variables(_ names: [String]) throws -> [String: String] {
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        let rows = try textRows(SQL(raw: "SHOW GLOBAL VARIABLES WHERE variable_name IN (\(list))"))
        let pairs = rows.compactMap { row in row[0].map { ($0.lowercased(), row[1] ?? "") } }
        return Dictionary(pairs) { first, _ in first }
    }
}

/// The rows of information_schema about one table.
private struct TableRows {
    private var type: (type: String, engine: String, hasTransactions: Bool)?
    private var columns: [(place: Int64, column: TableColumn)] = []
    private var keys: [(place: Int64, name: String, isUnique: Bool, part: TableKey.Part)] = []
    private var triggers: [String] = []
    private var references: [TableReference] = []

    var exists: Bool { type != nil }

    mutating func add(_ row: Row) {
        let place = row.integer(2) ?? 0
        switch row.text(0) {
        case "t": type = (row.text(3) ?? "", row.text(4) ?? "", row.text(5) == "YES")
        case "c": columns.append((place, Self.column(row)))
        case "k":
            keys.append(
                (
                    place, row.text(3) ?? "", row.text(4) == "0",
                    TableKey.Part(column: row.text(5), isPrefix: !row.isNull(6))
                ))
        case "r":
            references.append(
                TableReference(table: row.text(4) ?? "", name: row.text(3), onDelete: (row.text(5) ?? "").uppercased()))
        default: triggers.append(row.text(3) ?? "")
        }
    }

    private static func column(_ row: Row) -> TableColumn {
        let extra = (row.text(8) ?? "").lowercased()
        let dataType = row.text(5) ?? ""
        let description = ColumnDescription(
            name: row.text(3) ?? "", declaredType: row.text(4) ?? "",
            kind: MariaDBConnection.kind(of: dataType, limit: row.text(6).flatMap { Int64($0) }),
            isNullable: row.text(7) == "YES", isGenerated: extra.contains("generated"))
        let givesNumbers = extra.contains("auto_increment")
        return TableColumn(
            description, characterSet: row.text(10), collation: row.text(11),
            mayBeLeftOut: description.isNullable || description.isGenerated || givesNumbers || !row.isNull(9),
            givesNumbers: givesNumbers, changesOnUpdate: extra.contains("on update"))
    }

    func description(of table: String) -> TableDescription {
        let columns = columns.sorted { $0.place < $1.place }.map(\.column)
        var indexes: [TableKey] = []
        for (_, name, isUnique, part) in keys.sorted(by: { $0.place < $1.place }) {
            var part = part
            part.collation = columns.first { $0.name == part.column }?.collation
            if let index = indexes.firstIndex(where: { $0.name == name }) {
                indexes[index].parts.append(part)
            } else {
                indexes.append(TableKey(name: name, isUnique: isUnique, parts: [part]))
            }
        }
        let unsafe = UnsafeTable(name: ("\(identifier: table)" as SQL).text, engine: type?.engine ?? "")
        return TableDescription(
            name: table, kind: kind, columns: columns, keys: indexes, triggers: triggers.sorted(),
            withoutSnapshots: kind == .view || type?.hasTransactions == true ? [] : [unsafe], references: references)
    }

    private var kind: TableDescription.Kind {
        switch type?.type.uppercased() ?? "" {
        case "BASE TABLE": .table
        case "VIEW": .view
        case "SYSTEM VERSIONED": .systemVersioned
        case let other: .other(other.lowercased())
        }
    }
}
