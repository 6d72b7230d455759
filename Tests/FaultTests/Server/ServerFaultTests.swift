import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@Suite("Faults of server, network and disk", .serialized)
struct ServerFaultTests {
    @Test(
        "A connection that is cut around COMMIT is resolved by looking",
        arguments: [CuttingProxy.Cut.beforeCommit, .afterCommit])
    func lostCommit(cut: CuttingProxy.Cut) throws {
        let scene = try Scene(.mariadb)
        let before = try scene.books().count
        let proxy = try CuttingProxy(to: try TestDatabase.socket(), in: scene.database.folder, cut)
        defer { proxy.stop() }
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let run = try Program.run(["create", "--now", "2027-11-20T03:00:00Z", "--quiet", "--database", url])
        #expect(proxy.isDone)
        #expect(run.code == 0, "\(run.stderr)")
        let said =
            cut == .beforeCommit
            ? "looked afterwards: nothing was changed" : "looked afterwards: the book was published"
        #expect(run.stderr.contains(said), "\(run.stderr)")
        let books = try scene.books()
        #expect(books.count == before + 1)
        #expect(books.first?.isActive == true)
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.tasks().last?.status == "completed_with_warnings")
    }

    @Test(
        "An activation that is cut around COMMIT is resolved by looking, too",
        arguments: [CuttingProxy.Cut.beforeCommit, .afterCommit])
    func lostActivation(cut: CuttingProxy.Cut) throws {
        let scene = try Scene(.mariadb)
        #expect(try scene.run("create", "--now", "2026-11-02T03:00:00Z") == 0)
        let proxy = try CuttingProxy(to: try TestDatabase.socket(), in: scene.database.folder, cut)
        defer { proxy.stop() }
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let run = try Program.run(["activate", "1", "--database", url])
        #expect(proxy.isDone)
        let isLost = cut == .beforeCommit
        #expect(run.code == (isLost ? 1 : 0), "\(run.stderr)")
        let said = isLost ? "looked afterwards: nothing was changed" : "a look afterwards found the book active"
        #expect(run.stderr.contains(said), "\(run.stderr)")
        #expect(try scene.books().filter(\.isActive).map(\.id) == [isLost ? 2 : 1])
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.tasks().last?.status == (isLost ? "failed" : "completed"))
        #expect(try scene.run("activate", "1") == 0)
    }

    @Test("A server that is killed and restarted in the middle of a run", arguments: [24, 34, 44])
    func restarted(call: Int) throws {
        let server = try PrivateServer()
        try server.sql("CREATE DATABASE shop")
        let url = server.url("shop")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        #expect(try Program.run(["load", fixtures, "--database", url]).code == 0)
        #expect(try Program.run(["create", "--migrate", "--now", "2026-11-19T03:00:00Z", "--database", url]).code == 0)
        let child = try Program.start(
            ["create", "--now", "2026-11-20T03:00:00Z", "--database", url],
            fault: .stop(call))
        try child.waitUntilStopped()
        server.crash()
        // It finds nobody there, and the server comes back while it waits.
        child.signal(SIGCONT)
        usleep(1_500_000)
        #expect(child.isRunning, "\(child.stderr)")
        try server.start()
        #expect(try child.wait(90) == 0, "\(child.stderr)")
        let list = try Program.start(["list", "--json", "--database", url])
        #expect(try list.wait() == 0)
        #expect(list.stdout.contains("PNBOOK-2026-11-20-001"))
        let tasks = try Program.start(["task", "list", "--json", "--database", url])
        #expect(try tasks.wait() == 0)
        #expect(!tasks.stdout.contains("\"running\"") && !tasks.stdout.contains("\"failed\""), "\(tasks.stdout)")
        let next = try Program.run(["create", "--now", "2026-11-21T03:00:00Z", "--database", url])
        #expect(next.code == 0, "\(next.stderr)")
    }

    @Test("A server without room left publishes nothing and says so")
    func fullServer() throws {
        let server = try PrivateServer([
            "--innodb-file-per-table=0", "--innodb-data-file-path=ibdata1:20M:autoextend:max:28M",
        ])
        try server.sql("CREATE DATABASE shop")
        let url = server.url("shop")
        let scratch = try ScratchFolder()
        let folder = scratch.path
        let write = { (rows: Int) in
            var text = "partnumber,lot_name,description\n"
            for row in 0..<rows { text += "PN-\(row),LOT,\(String(repeating: "x", count: 150))\n" }
            try scratch.write(text, to: "lot_partnumbers.csv")
        }
        try write(2000)
        #expect(try Program.run(["load", folder, "--database", url]).code == 0)
        #expect(try Program.run(["create", "--migrate", "--now", "2026-11-19T03:00:00Z", "--database", url]).code == 0)
        var last = ProgramResult(code: 0, stdout: "", stderr: "")
        // Each night's book takes more room, until there is none.
        for day in 1...28 where last.code == 0 {
            last = try Program.run([
                "create", "--now", "2026-12-\(day < 10 ? "0" : "")\(day)T03:00:00Z", "--database", url,
            ])
            try write(2000 + day * 1500)
            if last.code == 0 { last = try Program.run(["load", folder, "--replace", "--database", url]) }
        }
        #expect(last.code == 75, "\(last.stderr)")
        #expect(last.stderr.contains("is full") || last.stderr.contains("No space"), "\(last.stderr)")
        #expect(last.stderr.contains("Make room"))
    }

    @Test("A server switched to read-only is refused before anything is written, also for root")
    func readOnly() throws {
        let server = try PrivateServer()
        try server.sql("CREATE DATABASE shop")
        let scene = server.url("shop")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        #expect(try Program.run(["load", fixtures, "--migrate", "--database", scene]).code == 0)
        try server.sql("SET GLOBAL read_only = 1")
        for verb in [["create"], ["load", fixtures, "--replace"], ["migrate", "up"], ["prune"]] {
            let run = try Program.run(verb + ["--database", scene])
            #expect(run.code == 75, "\(verb): \(run.stderr)")
            #expect(run.stderr.contains("read-only"), "\(verb)")
        }
        #expect(try Program.run(["list", "--database", scene]).code == 0)
        try server.sql("SET GLOBAL read_only = 0")
        #expect(try Program.run(["create", "--database", scene]).code == 0)
    }

    @Test(
        "A book made while another process rewrites the catalogue equals one instant of it",
        arguments: TestEngine.allCases)
    func rewritten(engine: TestEngine) throws {
        let scene = try Scene(engine, rows: 3000)
        let editor = try Editor(scene.database)
        for night in 1...5 {
            #expect(try scene.run("create", "--now", "2026-11-2\(night)T03:00:00Z") == 0)
        }
        let editions = try editor.stop()
        #expect(editions > 5)
        let connection = try scene.database.connect()
        defer { connection.close() }
        for book in try scene.books() {
            let kinds = try connection.rows(
                "SELECT DISTINCT description FROM qt_partnumber_book_items WHERE book_id = \(book.id)"
            ) { $0.text(0) ?? "" }
            #expect(kinds.count == 1, "\(book.version) mixes \(kinds)")
        }
    }

    /// Rewrites every description over and over, each time in one transaction.
    private final class Editor {
        private nonisolated(unsafe) let connection: any Connection
        private let editions = Locked(0)
        private let thread: LoopThread

        init(_ database: TestDatabase) throws {
            nonisolated(unsafe) let connection = try database.connect()
            self.connection = connection
            let edition = Locked(1)
            thread = LoopThread(pausing: 2000) { [editions] in
                let text = edition.withLock { edition in
                    edition += 1
                    return "edition \(edition)"
                }
                do {
                    try connection.transaction(.write) {
                        for half in 0...1 {
                            try connection.execute(
                                """
                                UPDATE lot_partnumbers SET description = \(text)
                                WHERE length(partnumber) % 2 = \(half)
                                """)
                        }
                    }
                    editions.withLock { $0 += 1 }
                } catch let error as DatabaseError where error.kind == .lockTimeout {
                    return
                }
            }
        }

        /// How many editions there were.
        func stop() throws -> Int {
            defer { connection.close() }
            try thread.stop()
            return editions.withLock { $0 }
        }
    }
}
