import Database
import ErrorModel
import Migrations
import PartnumberBooks

/// Checks whether the tables are as a run needs them, and what would make a migration or a creation fail.
struct SchemaCheck {
    private(set) var diagnoses: [Diagnosis] = []
    /// Whether tables are still to be made or changed.
    private(set) var needsTables = false
    /// Names of tables that runs can do without and that do not exist yet.
    private(set) var missingLaterTables: [String] = []
    private let context: RunContext
    private let connection: any Connection

    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
        do {
            try CreateBook.checkSources(connection)
            try checkTargets()
        } catch {
            diagnoses.append(.broken("schema", error))
            if let error = error as? SchemaError { needsTables = error.mayBeUnderWay }
        }
    }

    private mutating func checkTargets() throws {
        let runner = context.migrationRunner(on: connection)
        let status = try runner.status()
        let differences = status.differences
        diagnoses += differences.map { .broken("schema", $0.message, fix: $0.remedy.map { .text($0) }, .schema) }
        if let collision = try KeyCollision(in: connection) {
            diagnoses.append(
                .broken(
                    "collations", collision.text, fix: collision.remedy(on: connection.engine).map { .sql([$0]) },
                    .schema))
        }
        needsTables = status.lines.contains { $0.states.contains(.absent) } || !status.missingOwnTables.isEmpty
        if !differences.isEmpty { return }
        try runner.requireComplete()
        let applied = status.lines.map { Migration.label($0.migration.number) }.joined(separator: ", ")
        diagnoses.append(.ok("schema", "\(applied) are applied; the sources are as needed"))
        missingLaterTables = status.missingLaterTables.map(\.name)
        if !missingLaterTables.isEmpty {
            let names = missingLaterTables.joined(separator: ", ")
            diagnoses.append(
                .note(
                    "schema",
                    "missing, and runs do without: \(names). Books cannot be pinned, and what was active before is "
                        + "inferred from ids", fix: .applyMigrations))
        }
        try checkReader()
    }

    /// Checks a reader's statement under the server's own settings: what our sessions set does not apply to readers.
    private mutating func checkReader() throws {
        let repository = BookRepository(connection)
        guard let active = try repository.activeBook() else { return }
        let books = try connection.count("SELECT COUNT(*) FROM qt_partnumber_books")
        guard let plan = try ReaderPlan(of: active.id, amongst: books, on: connection) else { return }
        diagnoses.append(.note("readers", plan.words, fix: .sql([plan.remedy])))
    }
}
