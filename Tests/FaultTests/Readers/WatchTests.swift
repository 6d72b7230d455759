import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@Suite("Following a run from another process", .serialized)
struct WatchTests {
    // The stopped run holds a SQLite file's one writer's place itself: nobody else can keep it from going on.
    private static let endings: [(TestEngine, Int32)] =
        TestEngine.allCases.flatMap { engine in [0, 3, 14, 130].map { (engine, $0) } } + [(.mariadb, 75)]

    @Test("The one that watches exits as the run does", arguments: endings)
    func exitCodes(engine: TestEngine, expected: Int32) throws {
        let scene = try Scene(engine)
        let blocker = try scene.database.connect()
        defer { blocker.close() }
        if expected == 3 {
            // Another vendor's row of one part number names another LOT: a conflict, and a warning.
            try blocker.execute(
                "INSERT INTO lot_partnumbers (vendor, partnumber, lot_name) VALUES ('w', 'PN-1', 'LOT-OTHER')")
        }
        if expected == 14 { try scene.edit(1, edition: 2) }
        let run = try scene.start(
            "create", "--fail-on-warnings", "--now", "2027-11-20T03:00:00Z", fault: .stop(25))
        try run.waitUntilStopped()
        let id = try #require(try scene.tasks().last?.id)
        let watcher = try scene.start("task", "watch", id)
        try watcher.waitFor("pnbook: ")
        if expected == 75 {
            try blocker.begin(.write)
            try blocker.execute("UPDATE qt_partnumber_books SET created_by = 'somebody'")
        }
        if expected == 130 { run.signal(SIGINT) }
        run.signal(SIGCONT)
        #expect(try run.wait() == expected, "\(run.stderr)")
        #expect(try watcher.wait(20) == expected, "\(watcher.stderr)")
        // Later as well: the row remembers.
        #expect(try scene.run("task", "watch", id) == expected)
    }

    @Test("A run that is killed is told of as lost", arguments: TestEngine.allCases)
    func lost(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let run = try scene.start("create", fault: .stop(25))
        try run.waitUntilStopped()
        let id = try #require(try scene.tasks().last?.id)
        let watcher = try scene.start("task", "watch", id)
        try watcher.waitFor("pnbook: ")
        run.signal(SIGKILL)
        try run.wait()
        #expect(try watcher.wait(20) == 1)
        #expect(watcher.stderr.contains("the process of task \(id) is gone"))
    }

    @Test("A server that goes away for a moment does not end the watching")
    func outage() throws {
        let server = try PrivateServer()
        try server.sql("CREATE DATABASE shop")
        let url = server.url("shop")
        let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path
        #expect(try Program.run(["load", fixtures, "--migrate", "--database", url]).code == 0)
        let run = try Program.start(["create", "--database", url], fault: .stop(25))
        try run.waitUntilStopped()
        let list = try Program.start(["task", "list", "--json", "--limit", "1", "--database", url])
        try list.wait()
        let id = try #require(list.stdout.firstMatch(of: /"id" ?: ?"([0-9a-f-]{36})"/)?.1)
        let watcher = try Program.start(["task", "watch", String(id), "--database", url])
        try watcher.waitFor("pnbook: ")
        server.crash()
        try watcher.waitFor("looking again")
        try server.start()
        run.signal(SIGCONT)
        #expect(try run.wait() == 0, "\(run.stderr)")
        #expect(try watcher.wait(30) == 0, "\(watcher.stderr)")
    }
}
