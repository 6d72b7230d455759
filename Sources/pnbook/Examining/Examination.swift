import Chronology
import Database
import Foundation
import Migrations
import PartnumberBooks
import Tasks

/// Looks at everything that a run needs, in the order in which a run would meet it; changes nothing.
///
/// What cannot be looked at because of something found earlier is left out.
struct Examination {
    let context: AppContext
    private(set) var remarks: [Remark] = []

    init(_ context: AppContext) {
        self.context = context
    }

    mutating func run() {
        remarks += SettingsExam(context).remarks
        let connection: any Connection
        do {
            connection = try context.connect(for: .read)
        } catch {
            remarks.append(.broken("reachable", error))
            return
        }
        defer { connection.close() }
        do {
            let report = try connection.report(on: Self.tables) { context.machineInstant.milliseconds }
            remarks += EngineExam(report, at: try context.database()).remarks
        } catch {
            remarks.append(.broken("server", error))
        }
        let schema = SchemaExam(context, connection)
        remarks += schema.remarks
        let needsTables = schema.needsTables
        remarks += looked("rights") {
            let missing = try connection.missingRights(Self.rights, makesTables: needsTables)
            return missing.isEmpty
                ? [.ok("rights", needsTables ? "all, also for --migrate" : "all that 'create' needs")]
                : missing.map {
                    .broken(
                        "rights", "a right is missing", mend: connection.engine == .mariadb ? $0 + ";" : $0, .permission
                    )
                }
        }
        remarks += looked("books") { try ShelfExam(context, connection).remarks() }
        remarks += looked("room") { try RoomExam(context, connection).remarks() }
        remarks += looked("tasks") { try TaskExam(context).remarks() }
    }

    private func looked(_ topic: String, _ look: () throws -> [Remark]) -> [Remark] {
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
        sources.map { NeededRights($0, [.select]) } + [
            NeededRights("qt_partnumber_books", [.select, .insert, .update, .delete]),
            NeededRights("qt_partnumber_book_items", [.select, .insert, .delete]),
            NeededRights("pnbook_schema_history", [.select]),
            NeededRights(BookLedger.table, [.select, .insert, .update]),
            NeededRights(Fence.table, [.select, .insert, .update]),
            NeededRights("pnbook_tasks", [.select, .insert, .update, .delete]),
        ]
}
