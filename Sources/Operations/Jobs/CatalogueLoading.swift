import Database
import PartnumberBooks
package import Tasks

/// Loads a catalogue from CSV files, completely or not at all.
package struct CatalogueLoading {
    /// The options of one run.
    package struct Request: Sendable {
        /// The folder with the CSV files (<doc:CatalogueFiles>).
        package var folder: String
        /// Remove the catalogue that exists; books stay.
        package var replaces = false
        /// Apply pending migrations before the rows go in.
        package var appliesMigrations = false
        /// What to do if another run is working.
        package var whenBusy = TaskLauncher.WhenBusy.fail

        package init(folder: String) {
            self.folder = folder
        }
    }

    private let context: RunContext
    private let request: Request
    private let loader: CatalogueLoader

    /// Reads and checks all files; touches no database.
    ///
    /// - Throws: `LoadError`.
    package init(_ request: Request, _ context: RunContext) throws {
        self.request = request
        self.context = context
        loader = try CatalogueLoader(folder: request.folder) { try context.cancellation.check() }
    }

    /// Loads the files in one commit, as a task.
    ///
    /// - Returns: what was loaded, into which database, and the task.
    /// - Throws: `LoadError`, `DatabaseBusyError`, `Cancelled`.
    package func run() throws -> (document: LoadDocument, location: String, task: TaskSummary) {
        let connection = try context.connect(for: .load)
        defer { connection.close() }
        // What can be refused is refused before the task begins, and checked again once no other run is working.
        try loader.check(connection, replacing: request.replaces)
        let completed = try context.runTask(.load, whenBusy: request.whenBusy) { task in
            let loaded = try LoadCatalogue(loader, replacing: request.replaces).run(task, on: connection) {
                guard request.appliesMigrations else { return .mayBeTakenBack }
                _ = try context.migrateUp(whenBusy: request.whenBusy)
                return .mustStay
            }
            let document = LoadDocument(tablesMade: loaded.tablesMade, tables: loaded.tables)
            return (
                document,
                TaskResult(
                    status: .completed, message: "\(loader.rows) rows loaded",
                    result: try JSONDocument.stored(document), exitCode: 0)
            )
        }
        return (completed.value, connection.place, completed.summary)
    }
}
