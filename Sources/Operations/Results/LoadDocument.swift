/// What `load` loaded, in JSON: its task's result, and the document of `load --json` (<doc:JSONOutput#load>).
package struct LoadDocument: Encodable, Sendable {
    /// Source tables that did not exist.
    package let tablesMade: [String]
    /// One for each file.
    package let loaded: [Table]

    /// A source table, and how many rows were loaded into it.
    package struct Table: Encodable, Sendable {
        package let table: String
        package let rows: Int
    }

    init(tablesMade: [String], tables: [(table: String, rows: Int)]) {
        self.tablesMade = tablesMade
        loaded = tables.map { Table(table: $0.table, rows: $0.rows) }
    }
}
