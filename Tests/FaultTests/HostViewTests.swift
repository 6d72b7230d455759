import Database
import Foundation
import TestSupport
import Testing

/// What the host's polling client reads (CONTRACT 7): nine names, three states, and the result as an object.
@Suite("The host's view of a task", .serialized)
struct HostViewTests {
    private static let names: Set<String> = [
        "id", "type", "status", "progress", "message", "result", "error", "created_at", "done_at",
    ]

    /// One task as the host reads it.
    private struct View {
        let members: [String: Any]

        init(_ members: [String: Any]) {
            self.members = members
            #expect(Set(members.keys) == HostViewTests.names)
        }

        func text(_ name: String) -> String? { members[name] as? String }
        var progress: Int? { members["progress"] as? Int }
        var result: [String: Any]? { members["result"] as? [String: Any] }
        func isNull(_ name: String) -> Bool { members[name] is NSNull }
    }

    /// The task stored since `known` were all, read by `task show`; `task list` must say the same of it.
    private static func newTask(_ scene: Scene, since known: Set<String>) throws -> (host: View, own: [String: Any]) {
        let id = try scene.newTask(since: known).id
        let shown = try document(scene, "show", id, "--format", "priceforge")
        let list = try document(scene, "list", "--format", "priceforge")
        let view = View(try #require(shown as? [String: Any]))
        let listed = try #require(list as? [[String: Any]])
        #expect(listed.allSatisfy { Set($0.keys) == names })
        let same = try #require(listed.first { $0["id"] as? String == id })
        #expect(NSDictionary(dictionary: same) == NSDictionary(dictionary: view.members))
        return (view, try #require(try document(scene, "show", id, "--json") as? [String: Any]))
    }

    private static func document(_ scene: Scene, _ words: String...) throws -> Any {
        let child = try Child(scene.arguments(["task"] + words))
        #expect(try child.wait() == 0, "\(child.stderr)")
        return try JSONSerialization.jsonObject(with: Data(child.stdout.utf8))
    }

    /// The times are those of the program's own view: UTC with milliseconds.
    private static func checkTimes(_ view: View, against own: [String: Any]) throws {
        let created = try #require(view.text("created_at"))
        #expect(created == own["created_at"] as? String)
        #expect(created.wholeMatch(of: /2026-1\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil, "\(created)")
        #expect(view.text("done_at") == own["completed_at"] as? String)
    }

    @Test("A running task", arguments: TestEngine.allCases)
    func running(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let known = try scene.taskIDs()
        let child = try scene.start("create", "--now", "2026-11-20T03:00:00Z", environment: ["PNBOOK_FAULT": "stop:40"])
        try eventually(30, "the run stands") { try OneAtATimeTests.isStopped(child.pid) }
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(view.text("type") == "partnumber_book_create")
        #expect(view.text("status") == "running")
        #expect(view.progress == own["progress"] as? Int)
        #expect(view.progress.map { 0..<100 ~= $0 } == true)
        #expect(view.text("message") == own["message"] as? String)
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
        let book = try #require(plain.result?["book"] as? [String: Any])
        #expect(book["version"] as? String == "PNBOOK-2026-11-20-001")
        #expect(book["items"] as? Int == 44)
        #expect(plain.result?["warnings"] as? [String] == [])
        // Rows that disagree are a warning.
        let editor = try scene.database.connect()
        try editor.execute("INSERT INTO lot_partnumbers (vendor, partnumber, lot_name) VALUES ('w', 'PN-1', 'LOT-X')")
        editor.close()
        #expect(try scene.run("create", "--now", "2026-11-21T03:00:00Z") == 0)
        let (warned, ownWarned) = try Self.newTask(scene, since: known.union([try #require(plain.text("id"))]))
        #expect(ownWarned["status"] as? String == "completed_with_warnings")
        #expect(warned.text("status") == "completed")
        #expect(warned.progress == 100)
        #expect(warned.isNull("error"))
        #expect((warned.result?["warnings"] as? [String])?.count == 1)
        #expect((warned.result?["conflicts"] as? [String: Any])?["partnumbers"] as? [String] == ["PN-1"])
    }

    @Test("A failed task says why and has no result", arguments: TestEngine.allCases)
    func failed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        try scene.edit(5, edition: 2)
        let known = try scene.taskIDs()
        let child = try scene.start("create", "--now", "2026-12-20T03:00:00Z")
        #expect(try child.wait() == 14)
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(own["status"] as? String == "failed")
        #expect(view.text("status") == "error")
        #expect(view.progress.map { 0..<100 ~= $0 } == true)
        #expect(view.isNull("result"))
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
        let child = try scene.start("create", "--now", "2026-12-20T03:00:00Z", environment: ["PNBOOK_FAULT": "stop:40"])
        try eventually(30, "the run stands") { try OneAtATimeTests.isStopped(child.pid) }
        child.signal(SIGTERM)
        child.signal(SIGCONT)
        #expect(try child.wait() == 143)
        let (view, own) = try Self.newTask(scene, since: known)
        #expect(own["status"] as? String == "cancelled")
        #expect(view.text("status") == "error")
        #expect(view.isNull("result"))
        #expect(view.text("error") == "cancelled by signal 15; what was not committed was undone")
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
