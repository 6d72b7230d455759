import Database
import Foundation
import Harness
import TestSupport
import Testing

/// A run on another machine, of whose process nothing can be known from here.
@Suite("A heart that stands still")
struct StillHeartTests {
    @Test("The one that watches waits for a minute, and then says that the run is lost")
    func watching() async throws {
        // On a thread of its own: while it waits, other tests go on.
        let (early, code, stderr) = try await OtherThread { try Self.watch() }.value
        #expect(early)
        #expect(code == 1)
        #expect(stderr.contains(" is gone; it was "))
    }

    /// - Returns: whether it was still watching after half a minute, how it exited, and what it said.
    private static func watch() throws -> (Bool, Int32, String) {
        let scene = try Scene(.sqlite)
        let run = try scene.start("create", fault: .stop(25))
        try run.waitUntilStopped()
        let id = try #require(try scene.tasks().last?.id)
        let connection = try scene.taskConnection()
        try connection.execute("UPDATE pnbook_tasks SET owner_host = 'elsewhere' WHERE id = \(id)")
        connection.close()
        let watcher = try scene.start("task", "watch", id)
        Thread.sleep(forTimeInterval: 30)
        let isEarly = watcher.isRunning
        return (isEarly, try watcher.wait(60), watcher.stderr)
    }
}
