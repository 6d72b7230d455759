import Chronology
import Database
import ErrorModel
import Foundation
import Migrations
import PartnumberBooks
import Tasks

/// Looks at everything that a run needs, in the order in which a run would meet it; changes nothing.
///
/// What cannot be looked at because of something found earlier is left out.
package struct Diagnostics {
    private let context: RunContext
    private let configuration: Configuration
    private let environment: [String: String]
    private let problems: [any Error]
    package private(set) var remarks: [Diagnosis] = []

    /// - Parameters:
    ///   - configuration: what is configured.
    ///   - environment: the process's.
    ///   - problems: what of the configuration makes no sense; the context has defaults in its place.
    package init(
        _ context: RunContext, _ configuration: Configuration, environment: [String: String], problems: [any Error]
    ) {
        self.context = context
        self.configuration = configuration
        self.environment = environment
        self.problems = problems
    }

    package mutating func run() {
        remarks += ConfigurationCheck(context, configuration, environment).remarks
        remarks += problems.map { .broken("configuration", $0) }
        // Which database is meant is not known.
        if context.databaseURL == nil { return }
        let connection: any Connection
        do {
            connection = try context.connect(for: .read)
        } catch {
            remarks.append(.broken("reachable", error))
            return
        }
        defer { connection.close() }
        do {
            let report = try connection.report(on: Self.tables) { context.clock.machine().milliseconds }
            remarks += ServerCheck(report, at: try context.requireDatabase()).remarks
        } catch {
            remarks.append(.broken("server", error))
        }
        let schema = SchemaCheck(context, connection)
        remarks += schema.remarks
        let needsTables = schema.needsTables
        remarks += looked("rights") {
            let missing = try connection.missingRights(Self.rights, makesTables: needsTables)
            return missing.isEmpty
                ? [.ok("rights", needsTables ? "all, also for --migrate" : "all that 'create' needs")]
                : missing.map {
                    let isStatement = connection.engine.dialect.rightsAreStatements
                    return .broken(
                        "rights", "a right is missing", fix: .giveRights([isStatement ? $0 + ";" : $0]), .permission)
                }
        }
        remarks += looked("books") { try LibraryCheck(context, connection).remarks() }
        remarks += looked("room") { try CapacityCheck(context, connection).remarks() }
        remarks += looked("tasks") { try TaskCheck(context).remarks() }
    }

    private func looked(_ topic: String, _ look: () throws -> [Diagnosis]) -> [Diagnosis] {
        do {
            return try look()
        } catch {
            return [.broken(topic, error)]
        }
    }

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
