import Database
import ErrorModel

/// What the program needs of a book table as a whole, beyond its columns.
enum TableRequirement {
    static func differences(of table: TableDescription, _ engine: Engine) -> [SchemaDifference] {
        // For a view, the table that it reads must meet the rest.
        guard kind(of: table).isEmpty else { return kind(of: table) }
        return engineOf(table) + furtherColumns(of: table, engine) + triggers(of: table) + references(to: table)
            + keys(of: table, engine)
    }

    private static func kind(of table: TableDescription) -> [SchemaDifference] {
        switch table.kind {
        case .table, .systemVersioned: return []
        case .view:
            return [
                SchemaDifference(
                    table.name, "\(table.name) is a view, and books are written to it",
                    remedy:
                        "Put the table below it in its place: DROP VIEW `\(table.name)`; RENAME TABLE ... TO `\(table.name)`"
                )
            ]
        case .other(let kind):
            return [SchemaDifference(table.name, "\(table.name) is a \(kind), and needed is a table", remedy: nil)]
        }
    }

    /// A book in a table without transactions would be seen item by item, and stay half-made after an error.
    private static func engineOf(_ table: TableDescription) -> [SchemaDifference] {
        guard table.kind == .table || table.kind == .systemVersioned else { return [] }
        return table.withoutSnapshots.map {
            SchemaDifference(
                table.name, "\(table.name) is of the engine \($0.engine), which knows no transactions",
                remedy: DisplayText($0.remedy))
        }
    }

    /// The columns that the program fills; any other must have a default or may be NULL.
    private static let filled: [String: Set<String>] = [
        SchemaObject.books: ["id", "version", "created_at", "created_by", "is_active"],
        SchemaObject.items: ["book_id", "partnumber", "lot_name", "is_primary_pn", "description"],
    ]

    private static func furtherColumns(of table: TableDescription, _ engine: Engine) -> [SchemaDifference] {
        let filled = filled[table.name] ?? []
        return table.columns.filter { !$0.mayBeLeftOut && !filled.contains($0.name.lowercased()) }.map { column in
            SchemaDifference(
                "\(table.name).\(column.name)",
                "\(table.name).\(column.name) is \(column.description.declaredType) NOT NULL without a default, and pnbook "
                    + "has nothing to write there",
                remedy: relaxing(column, of: table.name, engine))
        }
    }

    /// The statement after which a row may leave the column out.
    private static func relaxing(_ column: TableColumn, of table: String, _ engine: Engine) -> DisplayText {
        switch engine {
        case .mariadb:
            "ALTER TABLE `\(table)` MODIFY COLUMN `\(column.name)` \(column.description.declaredType) NULL;"
        // It changes no column's type.
        case .sqlite: "ALTER TABLE `\(table)` DROP COLUMN `\(column.name)`;"
        }
    }

    private static func triggers(of table: TableDescription) -> [SchemaDifference] {
        table.triggers.map {
            SchemaDifference(
                table.name, "the trigger \($0) on \(table.name) may change a book as it is written",
                remedy: "DROP TRIGGER `\($0)`;")
        }
    }

    /// Rows of other tables that the removal of an old book would remove or change.
    private static func references(to table: TableDescription) -> [SchemaDifference] {
        table.references.filter {
            $0.table != SchemaObject.items && ["CASCADE", "SET NULL", "SET DEFAULT"].contains($0.onDelete)
        }
        .map { reference in
            SchemaDifference(
                table.name,
                "a foreign key of \(reference.table) on \(table.name) (ON DELETE \(reference.onDelete)) would change its rows "
                    + "when an old book is removed",
                remedy: reference.name.map { "ALTER TABLE `\(reference.table)` DROP FOREIGN KEY `\($0)`;" })
        }
    }

    /// Keys under which a book could not be written at all, or not two of them.
    private static func keys(of table: TableDescription, _ engine: Engine) -> [SchemaDifference] {
        table.keys.compactMap { key in
            let columns = Set(key.parts.map { $0.column?.lowercased() ?? "" })
            guard key.isUnique, !key.isPartial, refuses(table, columns, key) else { return nil }
            let names = key.parts.map { DisplayText.term($0.column ?? "an expression") }.joined(separator: ", ")
            return SchemaDifference(
                table.name, "the unique key \(key.name) (\(names)) on \(table.name) refuses rows that a book needs",
                remedy: dropping(key.name, of: table.name, engine))
        }
    }

    /// The statement that removes a key; nil for one that is part of the table.
    private static func dropping(_ key: String, of table: String, _ engine: Engine) -> DisplayText? {
        if key == "PRIMARY" { return nil }
        return switch engine {
        case .mariadb: "ALTER TABLE `\(table)` DROP KEY `\(key)`;"
        case .sqlite: key.hasPrefix("sqlite_autoindex") ? nil : "DROP INDEX `\(key)`;"
        }
    }

    private static func refuses(_ table: TableDescription, _ columns: Set<String>, _ key: TableKey) -> Bool {
        if table.name == SchemaObject.books {
            return columns.isSubset(of: ["is_active", "created_by"])
                || key.parts.contains { $0.isPrefix && $0.column?.lowercased() == "version" }
        }
        // A number of the row's own is different in each.
        // And so is NULL, which a further column has in each of our rows.
        let different = table.columns.filter { column in
            let isFurther = !(filled[table.name] ?? []).contains(column.name.lowercased())
            return column.givesNumbers || (isFurther && column.description.isNullable)
        }
        if !columns.isDisjoint(with: different.map { $0.name.lowercased() }) { return false }
        let isWhole = columns.isSuperset(of: ["book_id", "partnumber", "lot_name"])
        return !isWhole || key.parts.contains(where: \.isPrefix)
    }
}
