import Database
import ErrorModel
import Migrations
import PartnumberBooks

/// The tables: are they as a run needs them, and what would a migration or a creation stumble over.
package struct SchemaCheck {
    private(set) var remarks: [Diagnosis] = []
    /// Whether tables are still to be made or changed.
    private(set) var needsTables = false
    private let context: RunContext
    private let connection: any Connection

    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
        do {
            try CreateBook.checkSources(connection)
            try examineTargets()
        } catch {
            remarks.append(.broken("schema", error))
            if let error = error as? SchemaError { needsTables = error.mayBeUnderWay }
        }
    }

    private mutating func examineTargets() throws {
        let runner = context.migrationRunner(on: connection)
        let status = try runner.status()
        let differences = status.differences
        remarks += differences.map { .broken("schema", $0.message, fix: $0.remedy.map(Remedy.text), .schema) }
        if let collision = try KeyCollision(in: connection) {
            remarks.append(
                .broken(
                    "collations", "\(collision)", fix: collision.remedy(on: connection.engine).map { .sql([$0]) },
                    .schema))
        }
        needsTables = status.lines.contains { $0.states.contains(.absent) } || !status.missingOwnTables.isEmpty
        if !differences.isEmpty { return }
        try runner.requireComplete()
        remarks.append(.ok("schema", "026, 027 and 028 are applied; the sources are as needed"))
        try examineReader()
    }

    /// A reader's statement, with the server's own settings: what we set for ourselves does not reach readers.
    private mutating func examineReader() throws {
        let shelf = BookRepository(connection)
        guard let active = try shelf.activeBook() else { return }
        let books = try connection.count("SELECT COUNT(*) FROM qt_partnumber_books")
        guard let plan = try ReaderPlan(of: active.id, amongst: books, on: connection) else { return }
        remarks.append(.note("readers", plan.words, fix: .sql([plan.remedy])))
    }
}
