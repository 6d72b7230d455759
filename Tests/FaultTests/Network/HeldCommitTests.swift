import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A COMMIT that takes its time: on its way to the server, or in it.
@Suite("A commit that takes its time", .serialized)
struct HeldCommitTests {
    @Test(
        "A COMMIT that is still under way when the connection breaks is waited for, also while nobody answers",
        arguments: [0, 3])
    func underWay(refusals: Int) throws {
        let scene = try Scene(.mariadb)
        let proxy = try HoldingProxy(
            to: try TestDatabase.socket(), in: scene.database.folder, .shut(refusals: refusals))
        defer { proxy.stop() }
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let child = try Program.start(["create", "--now", "2027-11-20T03:00:00Z", "--quiet", "--database", url])
        try eventually(30, "the COMMIT is held") { proxy.isHolding || !child.isRunning }
        try scene.database.waitForWaiter(orEndOf: child)
        #expect(child.isRunning)
        #expect(proxy.refusals == 0)
        #expect(try scene.books().count == 1)
        proxy.release()
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(child.stderr.contains("looked afterwards: the book was published"), "\(child.stderr)")
        #expect(try scene.books().map(\.version) == ["PNBOOK-2027-11-20-001", "PNBOOK-2026-11-01-001"])
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.tasks().last?.status == "completed_with_warnings")
    }

    /// A run that stands just before the COMMIT of its book: its row says so, and its book is not there. Which of its COMMITs that
    /// is, is found by trying.
    private static func beforeCommit(_ scene: PrivateScene) throws -> ChildRun {
        let before = try scene.books()
        for number in 1...10 {
            let run = try scene.start(
                "create", "--now", "2027-11-20T03:00:00Z", fault: .stop(beforeCommit: number))
            try run.waitUntilStopped(orEnded: true)
            guard run.isRunning else { break }
            let isCommitting =
                try scene.rows(
                    "SELECT COUNT(*) FROM pnbook_tasks WHERE status = 'running' AND message = 'committing'") == ["1"]
            if isCommitting { if try scene.books() == before { return run } else { break } }
            run.signal(SIGKILL)
            try run.wait()
        }
        throw TookTooLong(what: "a run stands before its COMMIT")
    }

    @Test("A signal that comes while the server commits does not stop it: the run is done, and says so")
    func sealed() throws {
        let scene = try PrivateScene(PrivateServer())
        let run = try Self.beforeCommit(scene)
        let blocker = try scene.session()
        try blocker.rows("FLUSH TABLES WITH READ LOCK")
        run.signal(SIGCONT)
        try eventually(30, "the server is about to commit") {
            try scene.rows("SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'COMMIT'") == ["1"]
                || !run.isRunning
        }
        run.signal(SIGTERM)
        try run.waitFor("SIGTERM")
        // Three looks of the heart: whoever would stop the statement has done so by now.
        usleep(1_700_000)
        try blocker.rows("UNLOCK TABLES")
        #expect(try run.wait() == 0, "\(run.stderr)")
        #expect(try scene.books() == ["PNBOOK-2027-11-20-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
    }

    @Test("A second signal ends a run that is past stopping, and nobody else has to wait for it")
    func secondSignal() throws {
        let scene = try Scene(.mariadb)
        let proxy = try HoldingProxy(to: try TestDatabase.socket(), in: scene.database.folder, .kept)
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let child = try Program.start(["create", "--now", "2027-11-20T03:00:00Z", "--database", url])
        try eventually(30, "the COMMIT is held") { proxy.isHolding || !child.isRunning }
        child.signal(SIGTERM)
        try child.waitFor("SIGTERM")
        usleep(1_000_000)
        #expect(child.isRunning, "\(child.stderr)")
        child.signal(SIGINT)
        #expect(try child.wait(5) == 130)
        proxy.stop()
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
        #expect(try scene.books().map(\.version) == ["PNBOOK-2027-11-21-001", "PNBOOK-2026-11-01-001"])
        #expect(try scene.brokenPromises() == [])
    }

    @Test("A version that another program gives its book meanwhile is not given twice: the run begins anew")
    func rival() throws {
        let scene = try Scene(.mariadb)
        let other = try scene.database.connect()
        defer { other.close() }
        try other.begin(.write)
        try other.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES ('PNBOOK-2027-11-20-001', '2027-11-20 02:00:00.000', 'somebody', 0)
            """)
        try other.execute(
            """
            INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name)
            VALUES (\(other.lastInsertedID), 'PN-1', 'LOT-1')
            """)
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", "--quiet")
        try scene.database.waitForWaiter(orEndOf: child)
        try other.commit()
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(child.stderr.contains("started over: "), "\(child.stderr)")
        #expect(child.stderr.contains("(MariaDB 1062)"), "\(child.stderr)")
        // Of two books of a day retention keeps the newer.
        #expect(try scene.books().map(\.version) == ["PNBOOK-2027-11-20-002", "PNBOOK-2026-11-01-001"])
    }
}
