import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A run that lost its lock while it stood still, and one that has only lost its connection.
@Suite("Taken for lost", .serialized)
struct TakeOverTests {
    private static let lock = "IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':books'))"

    @Test("Wherever a run was standing when another took over, it publishes nothing and shuts nobody out")
    func everywhere() throws {
        let scene = try Scene(.mariadb)
        let calls = try scene.callCount("create", "--now", "2026-11-20T03:00:00Z")
        var taken = 0
        // In the open transaction that publishes, one place stands for all: each waits until the server undoes it.
        let places = Array(stride(from: 6, to: calls - 12, by: 3)) + [calls - 6]
        for (round, call) in places.enumerated() {
            let hour = { (base: Int) in "2026-11-21T\(base + round / 60):\((round % 60) / 10)\(round % 10):00Z" }
            let before = try scene.books().first?.id
            let sleeper = try scene.start(
                "create", "--now", hour(10), fault: .stop(call))
            try sleeper.waitUntilStopped(orEnded: true)
            let server = try scene.database.connect()
            defer { server.close() }
            let holder = try server.count("SELECT COALESCE(\(raw: Self.lock), 0)")
            guard sleeper.isRunning, holder > 0, try scene.books().first?.id == before else {
                // Before its lock, or after its commit: nothing to be taken from it.
                sleeper.signal(SIGCONT)
                try sleeper.wait()
                continue
            }
            try server.execute("KILL CONNECTION \(raw: String(holder))")
            try eventually(10, "the lock is free") { try server.count("SELECT COALESCE(\(raw: Self.lock), 0)") == 0 }
            #expect(try scene.run("create", "--now", hour(11)) == 0, "call \(call)")
            let books = try scene.books()
            sleeper.signal(SIGCONT)
            // Where it had no row yet, it finds only that its connection is gone.
            let code = try sleeper.wait()
            #expect(code == 11 || code == 69, "call \(call): \(code) \(sleeper.stderr)")
            if code == 11 { taken += 1 }
            #expect(try scene.books() == books, "call \(call)")
            #expect(try scene.brokenPromises() == [], "call \(call)")
            // The next round's books are of the same day; only the newest stays.
            #expect(try scene.run("create", "--now", hour(12)) == 0)
        }
        #expect(taken > 3)
    }

    @Test("A broken connection of our own that the server still keeps does not keep the lock from us")
    func halfDead() throws {
        let scene = try Scene(.mariadb)
        let proxy = try LockHolderProxy(to: try TestDatabase.socket(), in: scene.database.folder)
        defer { proxy.stop() }
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let child = try Program.start(
            ["create", "--now", "2027-11-20T03:00:00Z", "--database", url], fault: .stop(25))
        try child.waitUntilStopped()
        #expect(proxy.abandonLockHolder())
        child.signal(SIGCONT)
        #expect(try child.wait() == 0, "\(child.stderr)")
        #expect(try scene.books().first?.version == "PNBOOK-2027-11-20-001")
        #expect(try scene.tasks().last?.status == "completed")
    }

    @Test("By whatever link a file is called, one run works on it at a time")
    func links() throws {
        let scene = try Scene(.sqlite)
        let link = scene.database.folder + "/link.db"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scene.database.path)
        let worker = try Program.start(
            ["create", "--database", "sqlite:" + link], fault: .stop(25))
        try worker.waitUntilStopped()
        #expect(try Program.run(scene.arguments(["create"])).code == 11)
        worker.signal(SIGCONT)
        #expect(try worker.wait() == 0)
        #expect(try scene.tasks().last?.status == "completed")
    }
}
