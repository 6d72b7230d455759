package import Database
package import Tasks

/// Brings the rows of CSV files into the source tables, in whole or not at all.
package struct LoadCatalogue {
    /// What became of the schema before the rows go in.
    package enum Preparation {
        /// Tables that were made for this load may go again if it fails.
        case mayBeTakenBack
        /// Migrations were applied and recorded: the tables stay, and are empty.
        case mustStay
    }

    private let loader: CatalogueLoader
    private let replaces: Bool

    /// - Parameter replaces: remove the rows that are there, in the same transaction.
    package init(_ loader: CatalogueLoader, replacing replaces: Bool) {
        self.loader = loader
        self.replaces = replaces
    }

    /// - Parameter prepare: brings the schema to where the rows fit, once the source tables exist.
    /// - Returns: the tables that were made, and the rows of each table.
    package func run(
        _ task: RunningTask, on connection: any Connection, prepare: () throws -> Preparation
    ) throws -> (tablesMade: [String], tables: [(table: String, rows: Int)]) {
        let made = try loader.prepare(connection, replacing: replaces)
        var preparation = Preparation.mustStay
        do {
            preparation = try prepare()
            task.cancellation.add(try connection.interrupter())
            let tables = try loader.load(into: connection, replacing: replaces) { rows, table in
                try task.report(
                    "loading \(table)", percent: 100 * rows / max(1, loader.rows),
                    count: TaskCount(rows, of: loader.rows, "rows"))
            }
            return (made, tables)
        } catch {
            // The first error is the one that counts.
            if preparation == .mayBeTakenBack { try? loader.takeBack(made, on: connection) }
            throw error
        }
    }
}
