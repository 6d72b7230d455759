import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: rows of tasks at the ends of what their types hold, and everything at once at random.
@Suite("Bad input: extreme tasks, and chance")
struct ExtremeTaskTests {
    static let known: Set<Int32> = [0, 1, 3, 10, 11, 12, 13, 14, 64, 65, 69, 74, 75, 77, 78]

    private static let verbs = [
        ["list"], ["list", "--json"], ["list", "--calendar"], ["show", "active"], ["show", "1", "--json"],
        ["diff", "1", "2"], ["explain", "PN-2", "--json"], ["verify"], ["verify", "--against-catalogue", "--json"],
        ["prune", "--dry-run"], ["task", "list"], ["task", "list", "--json"],
        ["task", "list", "--format", "priceforge"],
        ["doctor"], ["metrics"], ["export", "all", "--to", "x.db"], ["export", "active", "--to", "x.ndjson"],
        ["create", "--now", "2026-11-22T03:00:00Z"],
    ]

    private func expectNoTrap(_ database: TestDatabase, _ what: String) throws {
        for arguments in Self.verbs {
            for name in ["x.db", "x.ndjson"] { unlink(database.folder + "/" + name) }
            let result = try database.pnbook(arguments.map { $0.hasPrefix("x.") ? database.folder + "/" + $0 : $0 })
            #expect(Self.known.contains(result.code), "\(what): \(arguments): \(result.code) \(result.stderr)")
            #expect(!result.stderr.contains("Fatal error") && !result.stderr.contains("Swift runtime failure"))
        }
    }

    /// Runs what the engine takes of `statements`, past keys and checks; on SQLite in the file of the tasks too.
    private func force(_ database: TestDatabase, _ statements: [String]) throws {
        let connections =
            try [database.connect()]
            + (database.engine == .sqlite ? [TestDatabase.sqlite(at: database.path + "-tasks")] : [])
        for connection in connections {
            defer { connection.close() }
            switch connection.engine {
            case .sqlite:
                try connection.execute("PRAGMA foreign_keys = OFF")
                try connection.execute("PRAGMA ignore_check_constraints = ON")
            case .mariadb:
                try connection.execute("SET SESSION foreign_key_checks = 0, check_constraint_checks = 0, sql_mode = ''")
            }
            for statement in statements { _ = try? connection.execute(SQL(raw: statement)) }
        }
    }

    @Test(
        "A task's numbers and times may be anything", arguments: TestEngine.allCases,
        [
            "progress = 1000000000000000000", "progress = -9223372036854775807", "heartbeats = 9223372036854775807",
            "owner_pid = 4294967297", "owner_pid = -1", "exit_code = 9223372036854775807", "exit_code = -32768",
            "created_at = '9999-12-31 23:59:59.999'", "completed_at = '1000-01-01 00:00:00.000'",
            "started_at = '9999-12-31 23:59:59.999'", "heartbeat_at = '9999-12-31 23:59:59.999'",
            "status = 'running', completed_at = NULL, heartbeat_at = '1000-01-01 00:00:00.000', heartbeats = 9223372036854775807",
        ])
    func tasks(engine: TestEngine, change: String) throws {
        let database = try RawCatalogue.database(engine)
        try force(database, ["UPDATE pnbook_tasks SET \(change)"])
        for arguments in [
            ["task", "list"], ["task", "list", "--json"], ["task", "list", "--format", "priceforge"], ["metrics"],
            ["doctor"],
        ] {
            let result = try database.pnbook(arguments)
            #expect(result.code == 0 || arguments == ["doctor"] && result.code < 128, "\(arguments): \(result.stderr)")
        }
        let task = try #require(try database.tasks().first)
        let progress = try #require(task["progress"]?.integer)
        #expect((0...100).contains(progress))
        let id = try #require(task["id"]?.string)
        #expect(try Self.known.contains(database.pnbook("task", "show", id).code))
        #expect(try Self.known.contains(database.pnbook("create", "--now", "2026-11-21T03:00:00Z").code))
    }

    /// Columns that hold numbers and times, of all tables.
    private static let columns = [
        "lot_partnumbers.is_primary_pn", "qt_lot_bundle_items.qty", "qt_vendor_partnumber_seen.is_ignored",
        "qt_vendor_partnumber_seen.is_pattern", "qt_partnumber_books.id", "qt_partnumber_books.created_at",
        "qt_partnumber_books.is_active", "qt_partnumber_books.version", "qt_partnumber_book_items.book_id",
        "qt_partnumber_book_items.is_primary_pn", "pnbook_book_ledger.book_id", "pnbook_book_ledger.items",
        "pnbook_book_ledger.partnumbers", "pnbook_book_ledger.created_at", "pnbook_book_ledger.removed_at",
        "pnbook_tasks.progress", "pnbook_tasks.created_at", "pnbook_tasks.started_at", "pnbook_tasks.completed_at",
        "pnbook_tasks.owner_pid", "pnbook_tasks.heartbeat_at", "pnbook_tasks.heartbeats", "pnbook_tasks.exit_code",
        "pnbook_schema_history.number", "pnbook_schema_history.started_at", "pnbook_fences.token",
    ]

    private static let values = [
        "NULL", "0", "-1", "1", "2", "9223372036854775806", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "4294967296", "-2147483649", "1e300", "-1e-300", "1.5", "''", "'abc'", "'1e400'",
        "'nan'",
        "x'00ff'", "'9999-12-31 23:59:59.999'", "'0000-00-00 00:00:00'", "'1000-01-01 00:00:00.000'",
        "'10000-01-01 00:00:00'", "'2026-11-20 06:00:00+03:00'", "'PNBOOK-2026-11-22-999999999999'",
        "'PNBOOK-2026-11-22-9223372036854775807'", "1795143600", "253402300799999",
    ]

    @Test("Random extreme values in any table end in an exit code of the contract", arguments: TestEngine.allCases)
    func chance(engine: TestEngine) throws {
        for seed in UInt64(1)...8 {
            var random = SplitMix64(seed: seed)
            let database = try RawCatalogue.database(engine)
            try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
            let statements = (0...random.below(4)).map { _ in
                let parts = random.pick(Self.columns).split(separator: ".")
                let some = random.chance(50) ? "" : " LIMIT 1"
                let value = random.pick(Self.values)
                // SQLite knows no LIMIT here, and changes what it can of the rest.
                return "UPDATE \(parts[0]) SET \(parts[1]) = \(value)" + (engine == .mariadb ? some : "")
            }
            try force(database, statements)
            try expectNoTrap(database, "seed \(seed): \(statements)")
        }
    }
}
