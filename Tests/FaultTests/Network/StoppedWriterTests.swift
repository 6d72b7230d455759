import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A process that stands still (SIGSTOP, a frozen machine) in the middle of a run: others are told and not hung up, and
/// of all who publish exactly one wins.
@Suite("A writer that stands still", .serialized)
struct StoppedWriterTests {
    /// A run that stands inside its open publishing transaction, with header, items and the switch written.
    private static func stoppedWriter(_ scene: Scene, at now: String) throws -> ChildRun {
        switch scene.database.engine {
        case .mariadb:
            // It waits for the old book's row; it is stopped there; the server then carries its statement out.
            let other = try scene.database.connect()
            defer { other.close() }
            try other.begin(.write)
            try other.execute("UPDATE qt_partnumber_books SET created_by = 'held' WHERE is_active = 1")
            let child = try scene.start("create", "--now", now)
            try scene.database.waitForWaiter("SELECT version, created_at, created_by FROM qt_partnumber_books")
            child.signal(SIGSTOP)
            try child.waitUntilStopped()
            try other.rollback()
            return child
        case .sqlite:
            let other = try scene.database.connect()
            defer { other.close() }
            try other.execute("PRAGMA busy_timeout = 0")
            for call in 30...80 {
                let child = try scene.start("create", "--now", now, fault: .stop(call))
                try child.waitUntilStopped()
                if child.stderr.contains("writing the book"), try isWriting(besides: other) { return child }
                child.signal(SIGKILL)
                try child.wait()
            }
            throw TookTooLong(what: "a run holds the one writer's place")
        }
    }

    /// Whether somebody else holds SQLite's one writer's place.
    private static func isWriting(besides connection: any Connection) throws -> Bool {
        do {
            try connection.begin(.write)
            try connection.rollback()
            return false
        } catch let error as DatabaseError where error.kind == .lockTimeout {
            return true
        }
    }

    @Test(
        "Others are told who holds the database, readers read, and it wins once it goes on",
        arguments: TestEngine.allCases)
    func goingOn(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let before = try scene.books()
        let writer = try Self.stoppedWriter(scene, at: "2027-11-20T03:00:00Z")
        for verb in [["create"], ["create", "--wait", "1s"]] {
            let refused = try Program.start(scene.arguments(verb + ["--now", "2027-11-20T04:00:00Z"]))
            #expect(try refused.wait(20) == 11, "\(refused.stderr)")
            #expect(refused.stderr.contains("partnumber_book_create is running by process \(writer.pid) on "))
        }
        #expect(try Program.run(scene.arguments(["create", "--if-running", "skip"])).code == 0)
        for verb in [
            ["list"], ["show", "active"], ["create", "--dry-run"], ["prune", "--dry-run"], ["task", "list"],
        ] {
            let reader = try Program.start(scene.arguments(verb))
            #expect(try reader.wait(20) == 0, "\(verb): \(reader.stderr)")
        }
        #expect(try scene.books() == before)
        let patient = try scene.start("create", "--wait", "60s", "--now", "2027-11-20T05:00:00Z")
        try patient.waitFor("waiting")
        writer.signal(SIGCONT)
        #expect(try writer.wait() == 0, "\(writer.stderr)")
        #expect(try patient.wait() == 0, "\(patient.stderr)")
        // The second of the day takes the first one's place, which is kept as the previous one.
        #expect(
            try scene.books().map(\.version) == ["PNBOOK-2027-11-20-002", "PNBOOK-2027-11-20-001"]
                + before.map(\.version))
        #expect(try scene.brokenPromises() == [])
    }

    @Test(
        "One that never goes on and is killed leaves nothing, and the next run starts at once",
        arguments: TestEngine.allCases)
    func killed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let before = try scene.books()
        let writer = try Self.stoppedWriter(scene, at: "2027-11-20T03:00:00Z")
        writer.signal(SIGKILL)
        #expect(try writer.wait() == 137)
        let next = try scene.start("create", "--now", "2027-11-20T04:00:00Z")
        #expect(try next.wait(20) == 0, "\(next.stderr)")
        #expect(try scene.books().map(\.version) == ["PNBOOK-2027-11-20-001"] + before.map(\.version))
        #expect(try scene.brokenPromises() == [])
    }

    @Test("Taken for lost in its open transaction: its successor waits for its rows, and alone wins when it goes on")
    func takenForLost() throws {
        let scene = try Scene(.mariadb)
        let before = try scene.books()
        let writer = try Self.stoppedWriter(scene, at: "2027-11-20T03:00:00Z")
        // The server gives up the silent connection that holds the lock after a minute; the test does not wait so long.
        let server = try scene.database.connect()
        defer { server.close() }
        let lock: SQL = "SELECT COALESCE(IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':books')), 0)"
        let holder = try server.count(lock)
        #expect(holder > 0)
        try server.execute("KILL CONNECTION \(raw: String(holder))")
        try eventually(10, "the lock is free") { try server.count(lock) == 0 }
        // A book of the same day has the same version: the two cannot pass each other by.
        let successor = try scene.start(
            "create", "--now", "2027-11-20T04:00:00Z", "--triggered-by", "manual:successor")
        try scene.database.waitForWaiter("INSERT INTO qt_partnumber_books")
        #expect(try scene.books() == before)
        writer.signal(SIGCONT)
        #expect(try writer.wait() == 11, "\(writer.stderr)")
        #expect(writer.stderr.contains("another run presumed this one dead"), "\(writer.stderr)")
        #expect(try successor.wait() == 0, "\(successor.stderr)")
        let books = try scene.books()
        #expect(books.map(\.version) == ["PNBOOK-2027-11-20-001"] + before.map(\.version))
        #expect(books.first?.createdBy == "manual:successor")
        #expect(try scene.brokenPromises() == [])
    }

    @Test("Who loads a catalogue into a SQLite file that a standing process writes is told to try again")
    func load() throws {
        let scene = try Scene(.sqlite)
        let writer = try Self.stoppedWriter(scene, at: "2027-11-20T03:00:00Z")
        let load = try scene.start("load", scene.database.folder + "/catalogue", "--replace")
        #expect(try load.wait(40) == 75, "\(load.stderr)")
        #expect(
            load.stderr.contains("nothing was changed. Another process holds what is needed; try again later"),
            "\(load.stderr)")
        writer.signal(SIGCONT)
        #expect(try writer.wait() == 0)
        #expect(try scene.run("load", scene.database.folder + "/catalogue", "--replace") == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test("Wherever it stands, who comes then works or is told, and both end well", arguments: TestEngine.allCases)
    func everywhere(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let calls = try scene.callCount("create", "--now", "2026-11-02T03:00:00Z")
        var told = 0
        for call in stride(from: 10, through: calls, by: 4) {
            // Each later than the one before.
            let minute = "0\(4 + call / 60):\(call % 60 < 10 ? "0" : "")\(call % 60)"
            let standing = try scene.start(
                "create", "--now", "2026-11-02T\(minute):00Z", fault: .stop(call))
            try standing.waitUntilStopped(orEnded: true)
            let comer = try scene.start("create", "--now", "2026-11-02T\(minute):30Z")
            let code = try comer.wait(20)
            #expect(code == 0 || code == 11, "call \(call) of \(calls): \(comer.stderr)")
            if code == 11 { told += 1 }
            standing.signal(SIGCONT)
            #expect(try standing.wait() == 0, "call \(call) of \(calls): \(standing.stderr)")
            #expect(try scene.brokenPromises() == [], "call \(call) of \(calls)")
        }
        #expect(told > 3)
        #expect(try scene.tasks().allSatisfy { $0.status == "completed" })
    }
}
