import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A network that drops everything on one connection, without a word to either side.
@Suite("A network that falls silent", .serialized)
struct SilentNetworkTests {
    @Test("A run whose own task's connection falls silent gives it up in seconds, and its lock is ours again")
    func tasks() throws {
        let scene = try Scene(.mariadb)
        let proxy = try LockHolderProxy(to: try TestDatabase.socket(), in: scene.database.folder)
        defer { proxy.stop() }
        let url = "mariadb://root@localhost/\(scene.database.schema)?socket=\(proxy.socket)"
        let child = try Program.start(
            ["create", "--now", "2027-11-20T03:00:00Z", "--database", url], fault: .stop(25))
        try child.waitUntilStopped()
        #expect(proxy.silenceLockHolder())
        child.signal(SIGCONT)
        // It listens for a quarter of a minute; a connection of any other kind would for half an hour.
        #expect(try child.wait(60) == 0, "\(child.stderr)")
        #expect(try scene.books().first?.version == "PNBOOK-2027-11-20-001")
        #expect(try scene.tasks().last?.status == "completed")
        #expect(try scene.brokenPromises() == [])
    }
}
