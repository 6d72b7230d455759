import Chronology
import ArgumentParser
import Database
import PartnumberBooks
import Tasks

/// `pnbook load DIR`: a catalogue from CSV files.
struct Load: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a catalogue from CSV files.",
        discussion: """
            One file for each source table: lot_partnumbers.csv, and where needed qt_lot_bundles.csv, \
            qt_lot_bundle_items.csv, qt_vendor_partnumber_seen.csv and lot.csv. UTF-8, RFC 4180, a header that names \
            the columns, \\N for NULL. All files are checked before the database is touched, and go in whole or not at \
            all. A SQLite file, and source tables that are missing, are made.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var exclusive: ConcurrencyOptions

    @Argument(help: ArgumentHelp("The folder with the CSV files.", valueName: "dir"))
    var folder: String

    @Flag(name: .long, help: "Remove the catalogue that is there, books stay.")
    var replace = false

    @Flag(name: .long, help: "Apply pending migrations before the rows go in: is_primary_pn needs 026.")
    var migrate = false

    mutating func run(_ context: AppContext) throws {
        let loader = try CatalogueLoader(folder: folder) { try context.cancellation.check() }
        try context.probeOutput()
        let connection = try context.connect(for: .load)
        defer { connection.close() }
        // What can be refused is refused before the task begins, and looked at again once nobody else is at work.
        try loader.check(connection, replacing: replace)
        let result = try context.asTask(.load, exclusive) { task in
            let made = try loader.prepare(connection, replacing: replace)
            let tables: [(table: String, rows: Int)]
            do {
                if migrate { _ = try context.migrateUp(exclusive) }
                context.cancellation.add(try connection.interrupter())
                tables = try loader.load(into: connection, replacing: replace) { rows, table in
                    try task.report(
                        "loading \(table)", percent: 100 * rows / max(1, loader.rows),
                        count: TaskCount(rows, of: loader.rows, "rows"))
                }
            } catch {
                // The first error is the one that counts. What a migration has recorded must stay; it is empty.
                if !migrate { try? loader.takeBack(made, on: connection) }
                throw error
            }
            let document = Document(tablesMade: made, tables: tables)
            return (
                document,
                TaskResult(
                    status: .completed, message: "\(loader.rows) rows loaded",
                    result: try JSONDocument.compact(document), exitCode: 0)
            )
        }
        if context.isJSON {
            try context.write(JSONDocument.pretty(result.value), done: "the catalogue is loaded")
        } else if !context.isQuiet {
            try context.write(result.value.text(place: connection.place), done: "the catalogue is loaded")
        }
    }

    private struct Document: Encodable {
        let schema = 1
        let tablesMade: [String]
        let loaded: [Table]

        struct Table: Encodable {
            let table: String
            let rows: Int
        }

        init(tablesMade: [String], tables: [(table: String, rows: Int)]) {
            self.tablesMade = tablesMade
            loaded = tables.map { Table(table: $0.table, rows: $0.rows) }
        }

        func text(place: String) -> String {
            var table = TextTable([.right, .left], indent: "  ")
            for line in loaded { table.add(line.rows.grouped, line.table) }
            return "Loaded into \(place)" + (tablesMade.isEmpty ? "" : ", \(tablesMade.count) tables made") + ":\n"
                + table.text
        }
    }
}
