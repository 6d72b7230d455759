import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `kill -9` of `migrate up` does not stop the ALTER that the server is at: whoever comes next waits for it, looks, and
/// does the rest. Meanwhile readers of the table get through.
@Suite("A migration that is killed or held up on MariaDB", .serialized)
struct KilledMigrationTests {
    private static let alter = "ALTER TABLE `lot_partnumbers`"

    /// Everything is applied, recorded once, and a book can be made.
    private static func expectComplete(_ scene: Scene, rows: Int, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        #expect(try scene.run("migrate", "status") == 0, sourceLocation: sourceLocation)
        let connection = try scene.database.connect()
        defer { connection.close() }
        let history = try connection.rows(
            "SELECT number, finished_at IS NOT NULL FROM pnbook_schema_history ORDER BY number"
        ) { ["\($0.integer(0) ?? 0)", "\($0.integer(1) ?? 0)"] }
        #expect(history == [["26", "1"], ["27", "1"], ["28", "1"]], sourceLocation: sourceLocation)
        #expect(
            try connection.count("SELECT COUNT(*) FROM lot_partnumbers WHERE is_primary_pn = 1") == rows,
            sourceLocation: sourceLocation)
        #expect(try scene.run("create", "--now", "2027-11-20T03:00:00Z") == 0, sourceLocation: sourceLocation)
        #expect(try scene.brokenPromises() == [], sourceLocation: sourceLocation)
        #expect(try scene.tasks().allSatisfy { $0.status != "running" }, sourceLocation: sourceLocation)
    }

    @Test("Killed while its ALTER waits for a table: the next one takes over and does the rest")
    func killedWaiting() throws {
        let scene = try Scene(.mariadb, isMigrated: false)
        let known = try scene.taskIDs()
        let reader = try scene.database.connect()
        try reader.begin(.snapshot)
        _ = try reader.count("SELECT COUNT(*) FROM lot_partnumbers")
        let killed = try scene.start("migrate", "up")
        try scene.database.waitForWaiter(Self.alter)
        killed.signal(SIGKILL)
        #expect(try killed.wait() == 137)
        let lost = try scene.newTask(since: known)
        #expect(lost.status == "running")
        let next = try scene.start("migrate", "up")
        // It has the lock once it has closed the lost task; then its own ALTER waits.
        try eventually(60, "the lost task is closed") {
            try scene.tasks().contains { $0.id == lost.id && $0.status == "failed" }
        }
        try scene.database.waitForWaiter(Self.alter)
        #expect(next.isRunning)
        try reader.rollback()
        reader.close()
        #expect(try next.wait() == 0, "\(next.stderr)")
        let closed = try scene.tasks().first { $0.id == lost.id }
        #expect(closed?.error?.contains("process \(killed.pid) on ") == true)
        #expect(closed?.error?.contains("was lost while migrating: 026 partnumber_books") == true)
        try Self.expectComplete(scene, rows: 40)
    }

    @Test("Killed while the server makes the table anew: the next one waits for the server and does the rest")
    func killedCopying() throws {
        let scene = try Scene(.mariadb, isMigrated: false)
        let known = try scene.taskIDs()
        let editor = try scene.database.connect()
        defer { editor.close() }
        // A row format that takes no column without making the table anew, and keys that make it slow: seconds.
        let keys = (1...20).map { "ADD KEY k\($0) (description(\(10 + $0)), lot_name(20))" }.joined(separator: ", ")
        try editor.execute(
            """
            INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description)
            SELECT 'w', CONCAT('PN-', seq), CONCAT('LOT-', seq % 7), MD5(seq) FROM seq_1_to_30000
            """)
        try editor.execute("ALTER TABLE lot_partnumbers ROW_FORMAT = COMPRESSED, \(raw: keys)")
        let killed = try scene.start("migrate", "up")
        let running: SQL = """
            SELECT COUNT(*) FROM information_schema.processlist
            WHERE db = \(scene.database.schema) AND LTRIM(info) LIKE \(Self.alter + "%")
                AND state NOT LIKE 'Waiting%'
            """
        try eventually(30, "the server copies the table") { try editor.count(running) == 1 }
        killed.signal(SIGKILL)
        #expect(try killed.wait() == 137)
        // The server has not noticed, and goes on.
        #expect(try editor.count(running) == 1)
        let next = try scene.start("migrate", "up")
        #expect(try next.wait() == 0, "\(next.stderr)")
        #expect(next.stderr.contains("waiting: "), "\(next.stderr)")
        #expect(next.stderr.contains("schema_migrate is running by process \(killed.pid) on "), "\(next.stderr)")
        #expect(try scene.tasks().filter { !known.contains($0.id) }.map(\.status).sorted() == ["completed", "failed"])
        try Self.expectComplete(scene, rows: 30_040)
    }

    @Test("Readers are not queued behind a waiting ALTER for longer than it waits")
    func readers() throws {
        let scene = try Scene(.mariadb, isMigrated: false)
        let holder = try scene.database.connect()
        try holder.begin(.snapshot)
        _ = try holder.count("SELECT COUNT(*) FROM lot_partnumbers")
        let child = try scene.start("migrate", "up")
        let reader = try scene.database.connect()
        defer { reader.close() }
        try reader.execute("SET SESSION lock_wait_timeout = 6")
        for _ in 1...2 {
            try scene.database.waitForWaiter(Self.alter)
            // The server lets nobody pass the ALTER that waits. That this returns at all while the holder holds, and within
            // the reader's own patience of six seconds, is the ALTER's stepping back after three.
            #expect(try reader.count("SELECT COUNT(*) FROM lot_partnumbers") == 40)
            #expect(child.isRunning)
        }
        try holder.rollback()
        holder.close()
        #expect(try child.wait() == 0, "\(child.stderr)")
        try Self.expectComplete(scene, rows: 40)
    }
}
