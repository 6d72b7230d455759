import Chronology
package import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Migrations
import PartnumberBooks
import Tasks

/// Checks everything that a run needs, in the order in which a run would meet it; changes nothing.
///
/// What cannot be checked because of something found earlier is left out.
package struct Diagnostics {
    private let context: RunContext
    private let configuration: Configuration
    private let environment: [String: String]
    private let problems: [any Error]
    /// What was found so far, in order.
    package private(set) var diagnoses: [Diagnosis] = []
    /// The URL's servers, in its order; none for an engine without servers, and where the only one cannot be reached.
    package private(set) var servers: [ServerReport] = []

    /// - Parameters:
    ///   - configuration: what is configured.
    ///   - environment: the process's variables.
    ///   - problems: errors in the configuration; the context has defaults in place of the values.
    package init(
        _ context: RunContext, _ configuration: Configuration, environment: [String: String], problems: [any Error]
    ) {
        self.context = context
        self.configuration = configuration
        self.environment = environment
        self.problems = problems
    }

    /// Runs all checks; errors become diagnoses.
    package mutating func run() {
        diagnoses +=
            ConfigurationCheck(
                context, configuration, environment, isSound: problems.isEmpty
            ).diagnoses
        diagnoses += problems.map { .broken("configuration", $0) }
        // It is not known which database is meant.
        if context.databaseURL == nil { return }
        let connection: any Connection
        do {
            connection = try context.connect(for: .examine)
        } catch {
            diagnoses.append(.broken("reachable", error))
            if severalHosts { look() }
            return
        }
        defer { connection.close() }
        do {
            let report = try connection.report(on: Self.tables) { context.clock.machine().milliseconds }
            diagnoses += ServerCheck(report, at: try context.requireDatabase()).diagnoses
            look()
            // It refuses every other question.
            if report.cluster?.isUsable == false { return }
        } catch {
            diagnoses.append(.broken("server", error))
            look()
            if (error as? DatabaseError)?.isOutage == true { return }
        }
        let schema = SchemaCheck(context, connection)
        diagnoses += schema.diagnoses
        let needsTables = schema.needsTables
        diagnoses += checked("rights") {
            let missing = try connection.missingRights(Self.rights, makesTables: needsTables)
            return missing.isEmpty
                ? [.ok("rights", needsTables ? "all, also for pending migrations" : "all that 'create' needs")]
                : missing.map {
                    let isStatement = connection.engine.dialect.rightsAreStatements
                    return .broken(
                        "rights",
                        needsTables
                            ? "rights are missing; for the migrations, another account can run 'pnbook migrate up'"
                            : Diagnosis.oneRight, fix: .giveRights([isStatement ? $0 + ";" : $0]), .permission)
                }
        }
        diagnoses += checked("rights") {
            try laterRights(on: connection, makesTables: needsTables, except: schema.missingLaterTables)
        }
        diagnoses += checked("books") { try LibraryCheck(context, connection).diagnoses() }
        diagnoses += checked("room") { try CapacityCheck(context, connection).diagnoses() }
        diagnoses += checked("tasks") { try TaskCheck(context, connection).diagnoses() }
    }

    private var severalHosts: Bool {
        guard case .mariadb(let location)? = context.databaseURL else { return false }
        return location.hosts.count > 1
    }

    /// Looks at each server by itself.
    private mutating func look() {
        do {
            servers = try context.connections.servers()
            diagnoses += ServersCheck(servers).diagnoses
        } catch {
            diagnoses.append(.broken("server", error))
        }
    }

    private func checked(_ topic: String, _ check: () throws -> [Diagnosis]) -> [Diagnosis] {
        do {
            return try check()
        } catch {
            return [.broken(topic, error)]
        }
    }

    /// Rights on tables that runs can do without. The server hides a table from an account without rights on it, so it may not exist yet.
    private func laterRights(
        on connection: any Connection, makesTables: Bool, except missing: [String]
    ) throws -> [Diagnosis] {
        let needs = Self.laterRights.filter { !missing.contains($0.table) }
        let known = try connection.missingRights(Self.rights, makesTables: makesTables)
        let all = try connection.missingRights(Self.rights + needs, makesTables: makesTables)
        let lacking = all.filter { !known.contains($0) }
        // Where more is amiss, that comes first.
        if lacking.isEmpty || !known.isEmpty { return [] }
        let isStatement = connection.engine.dialect.rightsAreStatements
        return [
            .note(
                "rights",
                "without more of them runs do not record what was active before, and remove nothing once a book is pinned",
                fix: .steps([.applyMigrations, .giveRights(lacking.map { isStatement ? $0 + ";" : $0 })]))
        ]
    }

    private static let laterRights = [
        RequiredPrivileges(BookActivations.table, [.select, .insert, .delete]),
        RequiredPrivileges(BookPins.table, [.select]),
    ]

    private static let sources = [
        "lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen",
    ]
    private static let targets = ["qt_partnumber_books", "qt_partnumber_book_items"]

    private static let tables = sources + targets

    /// What a nightly run does with each table.
    private static let rights =
        sources.map { RequiredPrivileges($0, [.select]) } + [
            RequiredPrivileges("qt_partnumber_books", [.select, .insert, .update, .delete]),
            RequiredPrivileges("qt_partnumber_book_items", [.select, .insert, .delete]),
            RequiredPrivileges("pnbook_schema_history", [.select]),
            RequiredPrivileges(BookLedger.table, [.select, .insert, .update]),
            RequiredPrivileges(FencingToken.table, [.select, .insert, .update]),
            RequiredPrivileges("pnbook_tasks", [.select, .insert, .update, .delete]),
        ]
}
