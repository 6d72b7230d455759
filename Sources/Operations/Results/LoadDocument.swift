/// What `load` brought in, in JSON: its task's result, and the document of `load --json`.
package struct LoadDocument: Encodable, Sendable {
    package let tablesMade: [String]
    package let loaded: [Table]

    package struct Table: Encodable, Sendable {
        package let table: String
        package let rows: Int
    }

    init(tablesMade: [String], tables: [(table: String, rows: Int)]) {
        self.tablesMade = tablesMade
        loaded = tables.map { Table(table: $0.table, rows: $0.rows) }
    }
}
