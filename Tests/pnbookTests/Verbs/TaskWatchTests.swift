import Database
import Harness
import TestSupport
import Testing

/// `task watch` and the tasks of other programs, which leave no exit code.
@Suite("task watch")
struct TaskWatchTests {
    private static let words: [(String, Int32, Int32)] = [
        ("completed", 0, 0), ("success", 0, 0), ("completed_with_warnings", 0, 3), ("cancelled", 143, 143),
        ("failed", 1, 1),
    ]

    @Test("Its exit code says how the task ended", arguments: TestEngine.allCases, words)
    func foreign(engine: TestEngine, task: (status: String, code: Int32, strictly: Int32)) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let connection = try database.connectWithTasks()
        // Words of the host's own are in no list of final ones.
        let ended: String? = task.status == "success" ? nil : "2026-11-20 03:00:01.000"
        try connection.execute(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at, completed_at)
            VALUES ('host', 'price_import', \(task.status), 50, 'ended', 'api:host', '2026-11-20 03:00:00.000', \(ended))
            """)
        connection.close()
        #expect(try database.pnbook("task", "watch", "host").code == task.code)
        #expect(try database.pnbook("task", "watch", "host", "--fail-on-warnings").code == task.strictly)
    }

    @Test(
        "A run of our own that ended with warnings exits 0, and 3 where warnings are failures",
        arguments: TestEngine.allCases)
    func warnings(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.mappings("a,PN-1,L-1\nb,PN-1,L-2\n"))
        let task = try #require(try database.tasks().first { $0["type"] == "partnumber_book_create" })
        #expect(task["status"] == "completed_with_warnings")
        let id = try #require(task["id"]?.string)
        #expect(try database.pnbook("task", "watch", id).code == 0)
        #expect(try database.pnbook("task", "watch", id, "--fail-on-warnings").code == 3)
    }
}
