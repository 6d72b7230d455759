import Database
import ErrorModel

/// Finds out before the first statement why the engine would refuse a step.
struct StepObstacles {
    let tables: [TableDescription]
    let engine: Engine
    /// Of the server; by name.
    let variables: [String: String]

    /// What is asked of the server.
    static let variableNames = ["innodb_page_size", "enforce_storage_engine", "system_versioning_alter_history"]

    /// Bytes that the items' key takes at most: the book's number, and two texts of 255 characters with their lengths.
    private static let itemKeyBytes = 8 + 2 * (255 * 4 + 2)
    /// Smaller pages cannot hold a key that long (1536 bytes of 8 KiB, 768 of 4 KiB).
    private static let neededPage = 16_384

    /// - Parameter object: what is absent, and the step makes.
    func before(making object: SchemaObject) -> [SchemaDifference] {
        let table = tables.first { $0.name == object.table }
        if object.column != nil { return table.map { beforeAltering($0, object) } ?? [] }
        return beforeCreating(object.table) + (object.table == SchemaObject.items ? beforeItems() : [])
    }

    /// Texts of an adopted table may leave no room for the description as 028 adds it.
    private func longRow(_ table: TableDescription, _ object: SchemaObject) -> [SchemaDifference] {
        guard let rowBytes = engine.dialect.rowBytes, object.column == "description" else { return [] }
        let bytes = table.columns.reduce(4 * 10_000 + 2) { sum, column in
            guard column.description.declaredType.contains("char"), case .text(let limit?) = column.description.kind
            else {
                return sum + 8
            }
            return sum + 4 * limit + 2
        }
        guard bytes > rowBytes else { return [] }
        return [
            SchemaDifference(
                object.name,
                "\(table.name) has such long texts that a description of 10000 characters does not fit into a row "
                    + "of \(rowBytes) bytes",
                remedy: "ALTER TABLE `\(table.name)` ADD COLUMN `description` TEXT CHARACTER SET utf8mb4 NULL;")
        ]
    }

    private func beforeAltering(_ table: TableDescription, _ object: SchemaObject) -> [SchemaDifference] {
        switch table.kind {
        case .table: return object.isStorage ? [] : longRow(table, object)
        // Of a book table that is a view it is reported once, by the object that makes the table.
        case .view where table.name != SchemaObject.mappings: return []
        case .view:
            return [
                SchemaDifference(
                    table.name, "\(table.name) is a view, to which no column can be added",
                    remedy: "Add the column to the table below it (is_primary_pn TINYINT(1) NOT NULL DEFAULT 1), then "
                        + "CREATE OR REPLACE VIEW `\(table.name)` with that column")
            ]
        case .systemVersioned where variables["system_versioning_alter_history"]?.uppercased() == "KEEP": return []
        case .systemVersioned:
            return [
                SchemaDifference(
                    table.name,
                    "\(table.name) is system-versioned, and the server changes no such table "
                        + "(system_versioning_alter_history=\(variables["system_versioning_alter_history"] ?? "ERROR"))",
                    remedy: "SET GLOBAL system_versioning_alter_history = KEEP;")
            ]
        case .other(let kind):
            return [
                SchemaDifference(table.name, "\(table.name) is a \(kind), to which no column can be added", remedy: nil)
            ]
        }
    }

    /// - Parameter table: any that is to be made, our own ones too.
    func beforeCreating(_ table: String) -> [SchemaDifference] {
        guard let forced = variables["enforce_storage_engine"], !forced.isEmpty,
            !["INNODB", "NULL"].contains(forced.uppercased())
        else { return [] }
        return [
            SchemaDifference(
                table,
                "the server makes every new table one of \(forced) (enforce_storage_engine), and \(table) needs InnoDB",
                remedy: "SET GLOBAL enforce_storage_engine = NULL;")
        ]
    }

    private func beforeItems() -> [SchemaDifference] {
        var differences: [SchemaDifference] = []
        if let page = variables["innodb_page_size"].flatMap({ Int($0) }), page < Self.neededPage {
            differences.append(
                SchemaDifference(
                    SchemaObject.items,
                    "the items' key takes up to \(Self.itemKeyBytes) bytes, and pages of \(page) bytes (innodb_page_size) cannot "
                        + "hold such a key",
                    remedy:
                        "mariadb-install-db --innodb-page-size=16k (a new data directory; restore the schema from a dump)"
                ))
        }
        // The items refer to it.
        if engine.dialect.referencesHaveSameType,
            let books = tables.first(where: { $0.name == SchemaObject.books }), let id = books.column("id"),
            !id.description.declaredType.lowercased().hasPrefix("bigint")
                || !id.description.declaredType.lowercased().contains("unsigned")
        {
            differences.append(
                SchemaDifference(
                    "\(SchemaObject.books).id",
                    "\(SchemaObject.books).id is \(id.description.declaredType), and the items that are still to be made refer to "
                        + "a BIGINT UNSIGNED",
                    remedy:
                        "ALTER TABLE `\(SchemaObject.books)` MODIFY COLUMN `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT;"
                ))
        }
        return differences
    }
}
