import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// Deadlocks, lock waits and snapshot conflicts, provoked on the server itself: the run undoes everything, begins anew on
/// a new snapshot, and says so.
@Suite("Deadlocks and conflicts on MariaDB", .serialized)
struct DeadlockTests {
    /// A transaction of somebody else's that InnoDB would rather keep than one of ours: it has changed more rows.
    private static func heavyTransaction(_ scene: Scene) throws -> any Connection {
        let other = try scene.database.connect()
        try other.execute("CREATE TABLE ballast (n INT PRIMARY KEY) ENGINE = InnoDB")
        try other.begin(.write)
        try other.execute("INSERT INTO ballast SELECT seq FROM seq_1_to_20000")
        return other
    }

    /// `create --json` at this time, and what it warns of.
    private static func warnings(_ child: ChildRun) throws -> [String] {
        try #require(try JSON(parsing: child.stdout)["warnings"]?.elements).compactMap(\.string)
    }

    /// Where our transaction meets the other one, with its header and items written.
    enum Meeting: String, CaseIterable, CustomTestStringConvertible {
        case ledger = "INSERT INTO pnbook_book_ledger"
        case activeBook = "SELECT version, created_at, created_by FROM qt_partnumber_books"
        case fence = "UPDATE pnbook_fences SET token = token + 1 WHERE"

        var testDescription: String { rawValue }
    }

    @Test("A publication that loses a deadlock is started over, and the report says so", arguments: Meeting.allCases)
    func publication(meeting: Meeting) throws {
        let scene = try Scene(.mariadb)
        let known = try scene.taskIDs()
        let old = try #require(try scene.books().first).id
        let other = try Self.heavyTransaction(scene)
        let third = try scene.database.connect()
        try third.begin(.write)
        let holdActiveBook: SQL = "UPDATE qt_partnumber_books SET created_by = 'somebody' WHERE id = \(old)"
        switch meeting {
        case .ledger:
            try other.execute(
                """
                INSERT INTO pnbook_book_ledger (book_id, version, created_at, items, partnumbers, digest, task_id)
                VALUES (\(old + 1), 'SOMEBODY', '2026-01-01 00:00:00.000', 1, 1, '', '')
                """)
        case .activeBook: try other.execute(holdActiveBook)
        case .fence: try third.execute(holdActiveBook)
        }
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", "--json")
        if meeting == .fence {
            // Every run raises the token when it begins: who is to hold it later waits until then.
            try scene.database.waitForWaiter(Meeting.activeBook.rawValue)
            _ = try other.count("SELECT token FROM pnbook_fences FOR UPDATE")
            try third.rollback()
        }
        try scene.database.waitForWaiter(meeting.rawValue)
        // Now the other way round: the header that it has written.
        _ = try other.count("SELECT id FROM qt_partnumber_books WHERE id = \(old + 1) FOR UPDATE")
        try other.rollback()
        other.close()
        third.close()
        #expect(try child.wait() == 0, "\(child.stderr)")
        let warnings = try Self.warnings(child)
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("started over: ") == true, "\(warnings)")
        #expect(warnings.first?.contains("Deadlock found") == true && warnings.first?.contains("1213") == true)
        #expect(child.stderr.contains("starting over"))
        #expect(try scene.books().map(\.version) == ["PNBOOK-2027-11-20-001", "PNBOOK-2026-11-01-001"])
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.newTask(since: known).status == "completed_with_warnings")
    }

    @Test("A removal that loses a deadlock is started over, in create and in prune", arguments: ["create", "prune"])
    func retention(verb: String) throws {
        let scene = try Scene(.mariadb)
        let old = try #require(try scene.books().first).id
        // Two more books of the day: of three, two are to go.
        let editor = try scene.database.connect()
        for number in [8, 9] { try Self.insertBook(number, on: editor) }
        editor.close()
        let known = try scene.taskIDs()
        let other = try Self.heavyTransaction(scene)
        // Newest first: the removal of the oldest is the last.
        let oldest = old + 1
        _ = try other.count("SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id = \(oldest) FOR UPDATE")
        let child = try scene.start(verb, "--now", "2026-11-01T05:00:00Z", "--json")
        try scene.database.waitForWaiter("DELETE FROM qt_partnumber_book_items")
        // Now the other way round: the token that each removal holds.
        _ = try other.count("SELECT token FROM pnbook_fences FOR UPDATE")
        // The removal has lost: its book stands.
        #expect(try scene.books().contains { $0.id == oldest })
        try other.rollback()
        other.close()
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(try scene.newTask(since: known).status == "completed")
        #expect(
            try scene.books().map(\.version)
                == (verb == "create" ? ["PNBOOK-2026-11-01-010", "PNBOOK-2026-11-01-001"] : ["PNBOOK-2026-11-01-001"]))
    }

    /// A book of the same day as the scene's, older than it, that no tier keeps.
    private static func insertBook(_ number: Int, on connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES (\("PNBOOK-2026-11-01-00\(number)"), \("2026-11-01 01:00:0\(number).000"), 'by hand', 0)
            """)
        try connection.execute(
            """
            INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name)
            VALUES (\(connection.lastInsertedID), 'PN-1', 'LOT-1')
            """)
    }

    @Test(
        "Outside a transaction a statement that was undone for another one's sake is sent again, and inside it is not")
    func singleStatements() throws {
        let database = try TestDatabase(.mariadb)
        let connection = try database.connect()
        defer { connection.close() }
        // As often as they are asked, two of three times they are undone as a node of a cluster undoes them; what counts is not.
        let undone = """
            BEGIN
                UPDATE attempts SET n = n + 1;
                IF (SELECT n FROM attempts) % 3 <> 0 THEN
                    SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found when trying to get lock';
                END IF;
            """
        let other = try database.connect()
        defer { other.close() }
        let statements: [SQL] = [
            "CREATE TABLE attempts (n INT) ENGINE = MyISAM", "INSERT INTO attempts VALUES (0)",
            "CREATE TABLE written (n INT) ENGINE = InnoDB",
            SQL(raw: "CREATE TRIGGER is_undone BEFORE INSERT ON written FOR EACH ROW " + undone + " END"),
            SQL(raw: "CREATE FUNCTION is_undone() RETURNS INT MODIFIES SQL DATA " + undone + " RETURN 7; END"),
        ]
        for statement in statements { try other.execute(statement) }
        let attempts = { try other.count("SELECT n FROM attempts") }
        #expect(try connection.execute("INSERT INTO written VALUES (1)") == 1)
        #expect(try attempts() == 3)
        #expect(try connection.execute("INSERT INTO written VALUES (\(2))") == 1)
        #expect(try attempts() == 6)
        #expect(try connection.first("SELECT is_undone()") { $0.integer(0) } == 7)
        #expect(try attempts() == 9)
        try connection.begin(.write)
        #expect { try connection.execute("INSERT INTO written VALUES (3)") } throws: {
            ($0 as? DatabaseError)?.kind == .deadlock
        }
        try connection.rollback()
        #expect(try attempts() == 10)
        #expect(try other.count("SELECT COUNT(*) FROM written WHERE n < 3") == 2)
        #expect(try other.count("SELECT COUNT(*) FROM written") == 2)
    }

    @Test("A server that refuses to change what has changed since the snapshot (1020) is no hindrance")
    func snapshotIsolation() throws {
        let scene = try PrivateScene(PrivateServer(["--innodb-snapshot-isolation=ON"]))
        #expect(try scene.rows("SELECT @@global.innodb_snapshot_isolation") == ["1"])
        let other = try scene.session()
        // What refuses: a transaction that has read an older state.
        let witness = try scene.session()
        try witness.rows("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try witness.rows("START TRANSACTION WITH CONSISTENT SNAPSHOT")
        try other.rows("START TRANSACTION")
        try other.rows("UPDATE qt_partnumber_books SET created_by = 'somebody' WHERE id = 1")
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", "--json")
        try scene.waitForWaiterOnOldBook()
        try other.rows("COMMIT")
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(try Self.warnings(child) == [])
        #expect(!child.stderr.contains("starting over"))
        #expect(try scene.books() == ["PNBOOK-2027-11-20-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
        try witness.send("UPDATE qt_partnumber_books SET created_by = 'witness'")
        try eventually(10, "the witness is refused") { witness.error?.contains("1020") == true }
    }

    @Test("A publication that waits in vain for somebody's row is started over, and the report says so")
    func lockWait() throws {
        let scene = try Scene(.mariadb)
        let other = try scene.database.connect()
        try other.begin(.write)
        try other.execute("UPDATE qt_partnumber_books SET created_by = 'somebody' WHERE is_active = 1")
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", "--json")
        try child.waitFor("starting over")
        try other.rollback()
        other.close()
        #expect(try child.wait() == 0, "\(child.stderr)")
        let warnings = try Self.warnings(child)
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("started over: ") == true && warnings.first?.contains("1205") == true)
        #expect(try scene.brokenPromises() == [])
    }

    @Test("A source table that is made anew while the catalogue is read is read anew, and the report says so")
    func tableMadeAnew() throws {
        let scene = try Scene(.mariadb)
        let child = try Self.stoppedInSnapshot(scene)
        let editor = try scene.database.connect()
        try editor.execute("UPDATE lot_partnumbers SET description = 'made anew'")
        try editor.execute("ALTER TABLE lot_partnumbers ENGINE = InnoDB, FORCE")
        editor.close()
        child.signal(SIGCONT)
        #expect(try child.wait() == 0, "\(child.stderr)")
        let warnings = try Self.warnings(child)
        #expect(warnings.count == 1)
        #expect(warnings.first?.hasPrefix("started over: ") == true && warnings.first?.contains("1412") == true)
        #expect(try Self.descriptions(scene) == ["made anew"])
        #expect(try scene.brokenPromises() == [])
    }

    /// A run that stands at the first call after it has taken its snapshot; which one that is, is found by trying.
    private static func stoppedInSnapshot(_ scene: Scene) throws -> ChildRun {
        let server = try TestDatabase.server()
        defer { server.close() }
        for call in 5...60 {
            let child = try scene.start(
                "create", "--now", "2027-11-20T03:00:00Z", "--json", fault: .stop(call))
            try child.waitUntilStopped()
            let snapshots = try TransactionList.read {
                try server.count(
                    """
                    SELECT COUNT(*) FROM information_schema.innodb_trx t
                    JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
                    WHERE p.db = \(scene.database.schema) AND t.trx_isolation_level = 'REPEATABLE READ'
                    """)
            }
            if snapshots == 1 { return child }
            child.signal(SIGKILL)
            try child.wait()
        }
        throw TookTooLong(what: "a run has an open snapshot")
    }

    private static func descriptions(_ scene: Scene) throws -> [String] {
        let connection = try scene.database.connect()
        defer { connection.close() }
        return try connection.rows(
            """
            SELECT DISTINCT description FROM qt_partnumber_book_items WHERE book_id =
                (SELECT id FROM qt_partnumber_books WHERE is_active = 1)
            """
        ) { $0.text(0) ?? "" }
    }
}
