import Foundation
import Harness
import TestSupport
import Testing

/// A Galera cluster, of one node: there GET_LOCK proves nothing, because each node has locks of its own, and the running
/// row and its lease stand in for it; and a transaction may fail at its COMMIT.
@Suite("A Galera cluster", .serialized)
struct GaleraTests {
    private static let lock = "IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':books'))"

    private static func scene() throws -> PrivateScene {
        let scene = try PrivateScene(GaleraNode.start())
        #expect(try scene.rows("SHOW STATUS LIKE 'wsrep_ready'") == ["wsrep_ready\tON"])
        #expect(try scene.rows("SHOW STATUS LIKE 'wsrep_cluster_size'") == ["wsrep_cluster_size\t1"])
        return scene
    }

    /// Ends the connection that holds the lock: to another node's eyes, nobody holds it.
    private static func loseLock(_ scene: PrivateScene) throws {
        let session = try scene.session()
        let holder = try #require(try session.rows("SELECT \(lock)").first)
        try session.rows("KILL CONNECTION \(holder)")
        try eventually(10, "the lock is free") { try session.rows("SELECT \(lock)") == ["NULL"] }
    }

    @Test("Migrations, books and retention work as on one server")
    func work() throws {
        let scene = try Self.scene()
        #expect(try scene.run("migrate", "status").code == 0)
        #expect(try scene.run("migrate", "up").code == 0)
        #expect(
            try scene.rows("SELECT number, manner, finished_at IS NOT NULL FROM pnbook_schema_history ORDER BY number")
                == ["26\tapplied\t1", "27\tapplied\t1", "28\tapplied\t1"])
        #expect(try scene.books() == ["PNBOOK-2026-11-01-001 1 40"])
        // The third of the day takes the first one's place, by a removal in a transaction of its own; the second stays as the previous
        // one, and is pinned.
        for hour in 4...5 { #expect(try scene.run("create", "--now", "2026-11-01T0\(hour):00:00Z").code == 0) }
        let both = ["PNBOOK-2026-11-01-002 0 40", "PNBOOK-2026-11-01-003 1 40"]
        #expect(try scene.books().sorted() == both)
        #expect(try scene.run("pin", "previous", "--note", "quote 4711").code == 0)
        #expect(try scene.run("prune", "--now", "2026-11-01T06:00:00Z").code == 0)
        #expect(try scene.rows("SELECT COUNT(*) FROM pnbook_book_ledger WHERE removed_at IS NOT NULL") == ["1"])
        #expect(try scene.tasks().allSatisfy { $0.hasSuffix(" completed") })
        let doctor = try scene.start("doctor")
        #expect(try doctor.wait() == 0, "\(doctor.stdout)")
        #expect(doctor.stdout.contains("ok      cluster: Primary, Synced, 1 node"))
        // Every table that is written has a primary key and an engine that the cluster replicates.
        let unfit = try scene.rows(
            """
            SELECT table_name FROM information_schema.tables t WHERE table_schema = 'shop' AND (engine <> 'InnoDB' OR NOT EXISTS
                (SELECT 1 FROM information_schema.table_constraints c WHERE c.table_schema = t.table_schema
                    AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'))
            """)
        #expect(unfit.filter { $0.hasPrefix("pnbook_") || $0.hasPrefix("qt_partnumber_book") } == [])
    }

    @Test("Of many starts at once none disturbs another")
    func atOnce() throws {
        let scene = try Self.scene()
        let all = try (0..<8).map { try scene.start("create", "--now", "2026-11-0\(2 + $0 % 5)T03:00:00Z") }
        let codes = try all.map { try $0.wait() }
        #expect(codes.allSatisfy { $0 == 0 || $0 == 11 }, "\(codes) \(all.map(\.stderr))")
        #expect(codes.contains(0))
        #expect(try scene.books().count { $0.hasSuffix(" 1 40") } == 1)
        #expect(
            try scene.tasks().count { $0.hasPrefix("partnumber_book_create completed") } == 1 + codes.count { $0 == 0 })
    }

    @Test("A lock that could be taken proves nothing: the run behind a row is asked for, and lost only when it is gone")
    func rowDecides() throws {
        let scene = try Self.scene()
        let standing = try scene.start(
            "create", "--now", "2026-11-02T03:00:00Z", fault: .stop(40))
        try standing.waitUntilStopped()
        try Self.loseLock(scene)
        let comer = try scene.run("create")
        #expect(comer.code == 11, "\(comer.stderr)")
        #expect(comer.stderr.contains("partnumber_book_create is running by process \(standing.pid) on "))
        standing.signal(SIGKILL)
        #expect(try standing.wait() == 137)
        let next = try scene.run("create", "--now", "2026-11-02T04:00:00Z")
        #expect(next.code == 0, "\(next.stderr)")
        #expect(try scene.books() == ["PNBOOK-2026-11-02-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
        let lost = try scene.rows("SELECT error_message FROM pnbook_tasks WHERE status = 'failed'")
        #expect(lost.count == 1)
        #expect(lost.first?.hasPrefix("process \(standing.pid) on ") == true)
        #expect(lost.first?.contains("was lost while") == true)
    }

    @Test("A run on another host is alive as long as its heart beats, and for a lease after")
    func lease() throws {
        let scene = try Self.scene()
        let session = try scene.session()
        // A row as another node's host would have it; its heart beats in this test.
        let insert = { (id: String, age: Int) in
            try session.rows(
                """
                INSERT INTO pnbook_tasks (id, type, work, status, progress, message, triggered_by, created_at, started_at,
                    owner_host, owner_pid, owner_boot, owner_start, heartbeat_at)
                VALUES ('\(id)', 'partnumber_book_create', 'books', 'running', 10, 'reading', 'scheduled',
                    UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'elsewhere', 1, 'boot', '1',
                    UTC_TIMESTAMP(3) - INTERVAL \(age) SECOND)
                """)
        }
        _ = try insert("11111111-0000-4000-8000-000000000001", 30)
        let young = try scene.run("create", "--now", "2026-11-02T03:00:00Z")
        #expect(young.code == 11, "\(young.stderr)")
        #expect(young.stderr.contains("partnumber_book_create is running by process 1 on elsewhere"))
        // By its clock it has been still for long, but it beats while it is looked at: its clock is slow.
        try session.rows(
            "UPDATE pnbook_tasks SET heartbeat_at = UTC_TIMESTAMP(3) - INTERVAL 600 SECOND WHERE status = 'running'")
        let slow = try scene.start("create", "--now", "2026-11-02T03:00:00Z")
        while slow.isRunning {
            try session.rows("UPDATE pnbook_tasks SET heartbeats = heartbeats + 1 WHERE owner_host = 'elsewhere'")
            usleep(200_000)
        }
        #expect(try slow.wait() == 11, "\(slow.stderr)")
        // Now it is still.
        let next = try scene.run("create", "--now", "2026-11-02T03:00:00Z")
        #expect(next.code == 0, "\(next.stderr)")
        #expect(try scene.books() == ["PNBOOK-2026-11-02-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
        #expect(
            try scene.rows("SELECT status, error_message FROM pnbook_tasks WHERE owner_host = 'elsewhere'")
                == ["failed\tprocess 1 on elsewhere was lost while reading"])
    }

    @Test(
        "A book beyond the cluster's limit on a transaction is refused before it is written, and it is said what to raise"
    )
    func writeSet() throws {
        let scene = try Self.scene()
        try scene.load(2000, edition: 2)
        try scene.rows("SET GLOBAL wsrep_max_ws_size = 16384")
        let refused = try scene.run("create", "--now", "2026-11-02T03:00:00Z")
        #expect(refused.code == 75, "\(refused.stderr)")
        #expect(refused.stderr.contains("wsrep_max_ws_size allows 16384"), "\(refused.stderr)")
        #expect(!refused.stderr.contains("writing the book"), "\(refused.stderr)")
        #expect(refused.stderr.contains("nothing was changed"), "\(refused.stderr)")
        #expect(try scene.books() == ["PNBOOK-2026-11-01-001 1 40"])
        #expect(try scene.rows("SELECT COUNT(*) FROM qt_partnumber_book_items") == ["40"])
        #expect(try scene.tasks().contains("partnumber_book_create failed"))
        try scene.rows("SET GLOBAL wsrep_max_ws_size = 2147483647")
        #expect(try scene.run("create", "--now", "2026-11-02T04:00:00Z").code == 0)
        #expect(try scene.books() == ["PNBOOK-2026-11-02-001 1 2000", "PNBOOK-2026-11-01-001 0 40"])
    }

    @Test("A node that has lost the cluster for a while (1047) is waited for")
    func notReady() throws {
        let server = try GaleraNode.start()
        let scene = try PrivateScene(server)
        try server.sql("SET GLOBAL wsrep_reject_queries = ALL")
        let refused = try scene.run("create", "--now", "2026-11-02T03:00:00Z")
        #expect(refused.code == 69, "\(refused.stderr)")
        #expect(refused.stderr.contains("WSREP has not yet prepared node"), "\(refused.stderr)")
        try server.sql("SET GLOBAL wsrep_reject_queries = NONE")
        let child = try scene.start("create", "--now", "2026-11-02T04:00:00Z", fault: .stop(40))
        try child.waitUntilStopped()
        try server.sql("SET GLOBAL wsrep_reject_queries = ALL")
        child.signal(SIGCONT)
        try child.waitFor("starting over")
        try server.sql("SET GLOBAL wsrep_reject_queries = NONE")
        #expect(try child.wait(90) == 0, "\(child.stderr)")
        #expect(try scene.books() == ["PNBOOK-2026-11-02-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
        #expect(try scene.tasks().contains("partnumber_book_create completed_with_warnings"))
    }

    @Test("A migration that is killed is taken up by the next one")
    func killedMigration() throws {
        let scene = try PrivateScene(GaleraNode.start(), isMigrated: false)
        for call in [20, 24, 28] {
            let killed = try scene.start("migrate", "up", fault: .kill(call))
            #expect(try killed.wait() == 137)
        }
        #expect(try scene.run("migrate", "up").code == 0)
        #expect(try scene.run("migrate", "status").code == 0)
        #expect(try scene.run("create", "--now", "2026-11-02T03:00:00Z").code == 0)
        #expect(try scene.tasks().filter { $0.hasSuffix("running") } == [])
        #expect(try scene.books() == ["PNBOOK-2026-11-02-001 1 40"])
    }
}
