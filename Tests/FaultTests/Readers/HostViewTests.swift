import Database
import Foundation
import Harness
import TestSupport
import Testing

/// What the host's polling client reads (<doc:TaskModel#The-hosts-view>): nine names, three
/// states, and the result as an object.
@Suite("The host's view of a task", .serialized)
struct HostViewTests {
    private static let names: Set<String> = [
        "id", "type", "status", "progress", "message", "result", "error", "created_at", "done_at",
    ]

    /// One task as the host reads it.
    private struct View {
        let task: JSON

        init(_ task: JSON) {
            self.task = task
            #expect(Set(task.names ?? []) == HostViewTests.names)
        }

        func text(_ name: String) -> String? { task[name]?.string }
        var progress: Int64? { task["progress"]?.integer }
        var result: JSON? { task["result"] }
        func isNull(_ name: String) -> Bool { task[name] == .null }
    }

    /// The task stored since `known` were all, read by `task show`; `task list` must say the same of it.
    private static func newTask(_ scene: Scene, since known: Set<String>) throws -> (host: View, own: JSON) {
        let id = try scene.newTask(since: known).id
        let view = View(try document(scene, "show", id, "--format", "priceforge"))
        let listed = try #require(try document(scene, "list", "--format", "priceforge").elements)
        #expect(listed.allSatisfy { Set($0.names ?? []) == names })
        #expect(listed.first { $0["id"]?.string == id } == view.task)
        return (view, try #require(try document(scene, "show", id, "--json")["task"]))
    }

    private static func document(_ scene: Scene, _ words: String...) throws -> JSON {
        let result = try Program.run(scene.arguments(["task"] + words))
        #expect(result.code == 0, "\(result.stderr)")
        return try result.json
    }

    /// The times are those of the program's own view: UTC with milliseconds.
    private static func checkTimes(_ view: View, against own: JSON) throws {
        let created = try #require(view.text("created_at"))
        #expect(created == own["created_at"]?.string)
        #expect(created.wholeMatch(of: /2026-1\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(created)")
        #expect(view.text("done_at") == own["completed_at"]?.string)
    }

    @Test("A running task", arguments: TestEngine.allCases)
    func running(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let known = try scene.taskIDs()
        let child = try scene.start("create", "--now", "2026-11-20T03:00:00Z", fault: .stop(25))
        try child.waitUntilStopped()
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(view.text("type") == "partnumber_book_create")
        #expect(view.text("status") == "running")
        #expect(view.progress == own["progress"]?.integer)
        #expect(view.progress.map { 0..<100 ~= $0 } == true)
        #expect(view.text("message") == own["message"]?.string)
        #expect(view.text("message")?.isEmpty == false)
        #expect(view.isNull("result") && view.isNull("error") && view.isNull("done_at"))
        try Self.checkTimes(view, against: own)
        child.signal(SIGCONT)
        #expect(try child.wait() == 0)
    }

    @Test(
        "A completed task, with and without warnings, carries its result as an object", arguments: TestEngine.allCases)
    func completed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let known = try scene.taskIDs()
        #expect(try scene.run("create", "--now", "2026-11-20T03:00:00Z") == 0)
        let (plain, own) = try Self.newTask(scene, since: known)
        #expect(plain.text("type") == "partnumber_book_create")
        #expect(plain.text("status") == "completed")
        #expect(plain.progress == 100)
        #expect(plain.text("message") == "PNBOOK-2026-11-20-001 is active with 44 items")
        #expect(plain.isNull("error"))
        #expect(plain.text("done_at") != nil)
        try Self.checkTimes(plain, against: own)
        let book = try #require(plain.result?["book"])
        #expect(book["version"] == "PNBOOK-2026-11-20-001")
        #expect(book["items"] == 44)
        #expect(plain.result?["warnings"] == [])
        // Rows that disagree are a warning.
        let editor = try scene.database.connect()
        try editor.execute("INSERT INTO lot_partnumbers (vendor, partnumber, lot_name) VALUES ('w', 'PN-1', 'LOT-X')")
        editor.close()
        #expect(try scene.run("create", "--now", "2026-11-21T03:00:00Z") == 0)
        let (warned, ownWarned) = try Self.newTask(scene, since: known.union([try #require(plain.text("id"))]))
        #expect(ownWarned["status"]?.string == "completed_with_warnings")
        #expect(warned.text("status") == "completed")
        #expect(warned.progress == 100)
        #expect(warned.isNull("error"))
        #expect(warned.result?["warnings"]?.elements?.count == 1)
        #expect(warned.result?["conflicts"]?["partnumbers"] == ["PN-1"])
    }

    @Test("A failed task says why, and its result is what it had seen", arguments: TestEngine.allCases)
    func failed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        try scene.edit(5, edition: 2)
        let known = try scene.taskIDs()
        let child = try scene.start("create", "--now", "2026-12-20T03:00:00Z")
        #expect(try child.wait() == 14)
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(own["status"]?.string == "failed")
        #expect(view.text("status") == "error")
        #expect(view.progress.map { 0..<100 ~= $0 } == true)
        #expect(view.result?["book"]?["id"] == .null)
        #expect(view.result?["source"]?["rows"] == 5)
        let why = try #require(view.text("error"))
        #expect(why.contains("fewer than half of the 44 in the active book PNBOOK-2026-11-01-001"), "\(why)")
        #expect(child.stderr.contains(why))
        #expect(view.text("done_at") != nil)
        try Self.checkTimes(view, against: own)
    }

    @Test("A cancelled task is an error that says who asked", arguments: TestEngine.allCases)
    func cancelled(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let known = try scene.taskIDs()
        let child = try scene.start("create", "--now", "2026-12-20T03:00:00Z", fault: .stop(25))
        try child.waitUntilStopped()
        child.signal(SIGTERM)
        child.signal(SIGCONT)
        #expect(try child.wait() == 143)
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(own["status"]?.string == "cancelled")
        #expect(view.text("status") == "error")
        // What it had read by then.
        #expect(view.result?["book"]?["id"] == .null)
        #expect(view.text("error") == "cancelled by SIGTERM; what was not committed was undone")
        #expect(view.text("done_at") != nil)
        try Self.checkTimes(view, against: own)
    }

    @Test("The host's own tasks in the same table, in its own words", arguments: TestEngine.allCases)
    func foreign(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let known = try scene.taskIDs()
        let tasks = try scene.taskConnection()
        try tasks.execute(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at, started_at)
            VALUES ('11111111-2222-4333-8444-555555555555', 'bom_import', 'processing', 30, 'reading rows', 'api:web',
                '2026-12-31 23:00:00.500', '2026-12-31 23:00:00.500')
            """)
        tasks.close()
        let (view, _) = try Self.newTask(scene, since: known)
        #expect(view.text("id") == "11111111-2222-4333-8444-555555555555")
        #expect(view.text("type") == "bom_import")
        #expect(view.text("status") == "running")
        #expect(view.progress == 30)
        #expect(view.text("message") == "reading rows")
        #expect(view.text("created_at") == "2026-12-31T23:00:00.500Z")
        #expect(view.isNull("result") && view.isNull("error") && view.isNull("done_at"))
    }
}
