import Foundation
import Harness
import TestSupport
import Testing

/// What administrators set for their other programs changes no book of ours.
@Suite("A server's own settings", .serialized)
struct ServerSettingTests {
    /// Global values, each of which cuts short, refuses, ends or changes the statements of a session that trusts it.
    private static let globals = [
        "sql_select_limit = 3", "sql_select_limit = 0", "max_join_size = 1", "max_statement_time = 0.001",
        "completion_type = 'CHAIN'", "completion_type = 'RELEASE'", "autocommit = 0", "tx_read_only = 1",
        "tx_isolation = 'SERIALIZABLE'", "tx_isolation = 'READ-UNCOMMITTED'",
        "sql_mode = 'ORACLE'", "sql_mode = 'ANSI_QUOTES,PAD_CHAR_TO_FULL_LENGTH'",
        "sql_mode = 'NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,NO_ZERO_DATE,TIME_ROUND_FRACTIONAL'",
        "old_mode = 'ZERO_DATE_TIME_CAST'", "time_zone = '+05:30'", "group_concat_max_len = 4", "max_sort_length = 64",
        "system_versioning_asof = '2020-01-01 00:00:00'", "lock_wait_timeout = 1", "innodb_lock_wait_timeout = 1",
        "wait_timeout = 1", "net_read_timeout = 1", "net_write_timeout = 1", "idle_transaction_timeout = 1",
        "idle_readonly_transaction_timeout = 1", "idle_write_transaction_timeout = 1", "tmp_disk_table_size = 1024",
        "tmp_memory_table_size = 1024", "max_session_mem_used = 8192", "character_set_server = 'latin1'",
        "collation_connection = 'latin1_swedish_ci'", "alter_algorithm = 'INSTANT'", "lc_messages = 'ru_RU'",
        "innodb_strict_mode = 0", "check_constraint_checks = 0", "foreign_key_checks = 0", "unique_checks = 0",
        "default_storage_engine = 'MyISAM'", "div_precision_increment = 0", "sql_safe_updates = 1",
        "sql_auto_is_null = 1", "sql_buffer_result = 1", "sql_if_exists = 1", "innodb_snapshot_isolation = 1",
        "character_set_collations = 'utf8mb4=utf8mb4_general_ci'", "new_mode = ''", "low_priority_updates = 1",
        "max_length_for_sort_data = 4", "optimizer_switch = 'index_merge=off,materialization=off'",
        "join_cache_level = 0", "max_allowed_packet = 16384", "query_cache_type = 1",
    ]

    private static func digests(_ scene: PrivateScene) throws -> Set<String> {
        Set(try scene.rows("SET sql_select_limit = DEFAULT; SELECT digest FROM pnbook_book_ledger"))
    }

    @Test("Each global value that a careless session would trust leaves the book as it is, and verify content")
    func globals() throws {
        let server = try PrivateServer()
        let scene = try PrivateScene(server, rows: 400)
        let before = try Self.digests(scene)
        #expect(before.count == 1)
        // So that there is a past that could be read by mistake.
        try scene.rows("SET system_versioning_alter_history = KEEP; ALTER TABLE lot_partnumbers ADD SYSTEM VERSIONING")
        var tried = 0
        for (index, setting) in Self.globals.enumerated() {
            let name = setting.prefix { $0 != " " }
            // Not every line has every variable.
            guard (try? server.sql("SET GLOBAL \(setting)")) != nil else { continue }
            tried += 1
            let time = "2026-11-\(index % 20 + 2 < 10 ? "0" : "")\(index % 20 + 2)T0\(index / 20 + 3):00:00Z"
            let made = try scene.run("create", "--now", time)
            #expect(made.code == 0, "\(setting): \(made.stderr)")
            #expect(!made.stderr.contains("started over"), "\(setting): \(made.stderr)")
            let verified = try scene.run("verify", "active", "--against-catalogue")
            #expect(verified.code == 0, "\(setting): \(verified.stderr)")
            try server.sql("SET GLOBAL \(name) = DEFAULT")
            #expect(try Self.digests(scene) == before, "\(setting)")
        }
        #expect(tried > 40)
    }

    @Test("All of them at once, and what init_connect sets, change neither a migration nor a book")
    func together() throws {
        let server = try PrivateServer()
        try server.sql(
            """
            CREATE DATABASE shop; CREATE USER night@localhost;
            GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON shop.* TO night@localhost
            """)
        // With so little memory for a session and an init_connect, MariaDB 10.11 itself crashes; packets are for doctor to name.
        for setting in Self.globals
        where !setting.hasPrefix("max_session_mem_used") && !setting.hasPrefix("max_allowed") {
            try? server.sql("SET GLOBAL \(setting)")
        }
        try server.sql(
            """
            SET GLOBAL init_connect = 'SET SESSION sql_safe_updates = 1, sql_select_limit = 2, autocommit = 0,
                sql_auto_is_null = 1, foreign_key_checks = 0, sql_mode = ''ANSI'', max_statement_time = 0.001,
                completion_type = 1, sql_if_exists = 1, tx_read_only = 1'
            """)
        let url = server.url("shop", user: "night")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        let steps = [
            ["load", fixtures], ["migrate", "up"], ["create", "--now", "2026-11-20T03:00:00Z"],
            ["create", "--now", "2026-11-20T05:00:00Z"], ["verify", "--against-catalogue"], ["prune"], ["doctor"],
        ]
        for step in steps {
            let result = try Program.run(step + ["--database", url])
            #expect(result.code == 0, "\(step): \(result.stderr)")
        }
        // The server's own client would trust those settings.
        let shown = try Program.start(["show", "active", "--json", "--database", url])
        #expect(try shown.wait() == 0)
        #expect(
            shown.stdout.contains("sha256:4f163034794670eafad624651ac617781b35971e1561b520a6a212ca38e48a40"),
            "\(shown.stdout)")
    }

    @Test("A schema, a role or a transaction that init_connect leaves behind is not taken for ours")
    func initConnect() throws {
        let server = try PrivateServer()
        try server.sql(
            """
            CREATE DATABASE shop; CREATE DATABASE other; CREATE USER night@localhost; GRANT ALL ON shop.* TO night@localhost;
            GRANT ALL ON other.* TO night@localhost; CREATE TABLE other.lot_partnumbers (id INT)
            """)
        let scene = try PrivateScene(at: server.socket, of: server)
        let url = server.url("shop", user: "night")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        for (index, statement) in [
            "USE other", "USE information_schema", "START TRANSACTION", "START TRANSACTION READ ONLY",
            "SET autocommit = 0",
        ].enumerated() {
            try server.sql("SET GLOBAL init_connect = '\(statement)'")
            let steps = index == 0 ? [["load", fixtures], ["create", "--migrate"]] : [["create"]]
            for step in steps + [["verify"]] {
                let result = try Program.run(step + ["--database", url])
                #expect(result.code == 0, "\(statement), \(step): \(result.stderr)")
            }
            #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_book_ledger") == ["\(index + 1)"], "\(statement)")
        }
        #expect(try scene.rows("SHOW TABLES FROM other") == ["lot_partnumbers"])
    }

    @Test(
        "A server that logs by statement, by row or both gets the same books", arguments: ["STATEMENT", "MIXED", "ROW"])
    func binaryLog(format: String) throws {
        let server = try PrivateServer(["--log-bin=binary", "--server-id=1", "--binlog-format=\(format)"])
        let scene = try PrivateScene(server, rows: 1200)
        for hour in 5...6 { #expect(try scene.run("create", "--now", "2026-11-01T0\(hour):00:00Z").code == 0) }
        #expect(try scene.run("verify", "--against-catalogue").code == 0)
        // The first book of the day has gone, the second is the previous one: a removal works, too.
        #expect(try scene.books().map { $0.suffix(6) } == ["1 1200", "0 1200"])
    }

    @Test("Pages too small for the items' key are found by plan and doctor, and up changes nothing")
    func smallPages() throws {
        let server = try PrivateServer(["--innodb-page-size=4k"])
        let scene = try PrivateScene(at: server.socket, of: server)
        // As a host on such a server has them: our own baseline's keys would be too long as well.
        try server.sql(
            """
            CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
            CREATE TABLE lot_partnumbers (vendor VARCHAR(50) NOT NULL DEFAULT '', partnumber VARCHAR(100) NOT NULL,
                lot_name CHAR(100), description VARCHAR(1000), PRIMARY KEY (vendor, partnumber));
            CREATE TABLE qt_lot_bundles (bundle_lot_name VARCHAR(100) PRIMARY KEY);
            CREATE TABLE qt_lot_bundle_items (bundle_lot_name VARCHAR(100), lot_name VARCHAR(100), qty INT);
            CREATE TABLE qt_vendor_partnumber_seen (partnumber VARCHAR(100) PRIMARY KEY, is_ignored INT);
            """)
        for step in [["migrate", "plan"], ["migrate", "up"], ["create", "--migrate"]] {
            let result = try Program.run(step + ["--database", scene.url])
            #expect(result.code == 13, "\(step): \(result.stderr)")
            #expect(result.stderr.contains("innodb_page_size"), "\(step): \(result.stderr)")
        }
        #expect(try scene.rows("SHOW TABLES LIKE 'qt_partnumber_book%'") == [])
        #expect(try scene.rows("SHOW COLUMNS FROM lot_partnumbers LIKE 'is_primary_pn'") == [])
    }

    @Test("A server that makes every table one of another engine is found before the first statement")
    func enforcedEngine() throws {
        let server = try PrivateServer()
        let scene = try PrivateScene(server, isMigrated: false)
        try server.sql("SET GLOBAL enforce_storage_engine = 'Aria'")
        let refused = try scene.run("migrate", "up")
        #expect(refused.code == 13, "\(refused.stderr)")
        #expect(refused.stderr.contains("SET GLOBAL enforce_storage_engine = NULL"), "\(refused.stderr)")
        try server.sql("SET GLOBAL enforce_storage_engine = NULL")
        #expect(try scene.run("migrate", "up").code == 0)
    }

    @Test("A system-versioned source is refused with the setting that lets it be changed, and nothing is half applied")
    func systemVersioned() throws {
        let server = try PrivateServer()
        let scene = try PrivateScene(server, isMigrated: false)
        try scene.rows("ALTER TABLE lot_partnumbers ADD SYSTEM VERSIONING")
        for step in [["migrate", "plan"], ["migrate", "up"], ["create", "--migrate"]] {
            let result = try Program.run(step + ["--database", scene.url])
            #expect(result.code == 13, "\(step): \(result.stderr)")
            #expect(result.stderr.contains("SET GLOBAL system_versioning_alter_history = KEEP"), "\(result.stderr)")
        }
        #expect(try scene.run("migrate", "status").code == 13)
        try server.sql("SET GLOBAL system_versioning_alter_history = KEEP")
        #expect(try scene.run("create", "--migrate", "--now", "2026-11-20T03:00:00Z").code == 0)
        #expect(try scene.books() == ["PNBOOK-2026-11-20-001 1 40"])
    }
}
