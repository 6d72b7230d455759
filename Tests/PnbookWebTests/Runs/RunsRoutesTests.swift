import Chronology
import Database
import Foundation
import Harness
import Tasks
import TestSupport
import Testing
import WebServer

@testable import PnbookWeb

/// New books by the button: a process of its own for each, and one at a time.
@Suite("Runs through the page")
struct RunsRoutesTests {
    /// The call at which a run's task exists and its book does not.
    private static let middle = 30

    @Test("A run makes a book, and its task says who asked for it", arguments: TestEngine.allCases)
    func run(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5, hasBook: false)
        let answer = try await bench.post(WebBench.books, "{}")
        #expect(answer.status == 202, "\(answer.text)")
        let document = try answer.json
        #expect(document.names == ["job_id", "message", "schema", "status", "task_id"])
        #expect(document["job_id"] == document["task_id"])
        let task = try await bench.ended(try #require(document["task_id"]?.string))
        #expect(task["status"] == "completed" && task["triggered_by"] == "api:ann" && task["exit_code"] == 0)
        #expect(task["result"]?["book"]?["items"] == 5 && task["result"]?["book"]?["created_by"] == "api:ann")
        #expect(try await bench.get(WebBench.books).json["books"]?[0]?["is_active"] == true)
        let id = try #require(document["task_id"]?.string)
        try await soon("the process is waited for") {
            bench.log.lines.contains { $0.hasSuffix("has ended with code 0 (task \(id))") }
        }
        #expect(bench.log.lines.contains("info: api:ann (127.0.0.1) POST \(WebBench.books) create: 202"))
        let pid = Int32(try #require(task["pid"]?.integer))
        #expect(ProcessStatus(of: pid) == nil)
    }

    @Test(
        "Of two requests at once one starts a run, and the other is told which one it is",
        arguments: TestEngine.allCases)
    func twoAtOnce(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5, fault: .stop(Self.middle))
        let application = bench.application
        async let first = application.respond(to: Self.request())
        async let second = application.respond(to: Self.request())
        let answers = try [WebAnswer(await first), WebAnswer(await second)].sorted { $0.status < $1.status }
        #expect(answers.map(\.status) == [202, 409])
        let id = try answers[0].json["task_id"]
        #expect(try answers[1].error == "409 busy 11" && answers[1].json["task_id"] == id)
        #expect(try answers[1].json["job_id"] == id && answers[1].json["task"]?["type"] == "partnumber_book_create")
        // After a restart the page finds it again.
        bench.restart()
        #expect(try await bench.post(WebBench.books, "{}").json["task_id"] == id)
        #expect(try await bench.get(WebBench.books).json["running"]?["id"] == id)
        let task = try await bench.get("/api/tasks", ("active", "true"), ("view", "full")).json["tasks"]
        #expect(task?.elements?.count == 1 && task?[0]?["id"] == id)
        kill(Int32(try #require(task?[0]?["pid"]?.integer)), SIGCONT)
        #expect(try await bench.ended(try #require(id?.string))["status"] == "completed")
        #expect(try await bench.get(WebBench.books).json["books"]?.elements?.count == 2)
    }

    private static func request() -> WebRequest {
        WebRequest(
            method: "POST", path: WebBench.books,
            headers: WebHeaders([
                (name: "Authorization", value: "Bearer " + WebBench.token),
                (name: "Content-Type", value: "application/json"),
            ]), body: Array("{}".utf8), peer: "unix")
    }

    @Test(
        "A run is cancelled from the page, undoes its work, and the next one is not kept out",
        arguments: TestEngine.allCases)
    func cancel(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5, fault: .stop(Self.middle))
        let id = try #require(try await bench.post(WebBench.books, "{}").json["task_id"]?.string)
        let asked = try await bench.post("/api/tasks/\(id)/cancel", "{}")
        #expect(try asked.status == 202 && asked.json["task"]?["cancel_requested_by"] == "api:ann")
        kill(Int32(try #require(try asked.json["task"]?["pid"]?.integer)), SIGCONT)
        #expect(try await bench.ended(id)["status"] == "cancelled")
        #expect(try await bench.post("/api/tasks/\(id)/cancel", "{}").error == "409 failed 1")
        #expect(try await bench.get(WebBench.books).json["books"]?.elements?.count == 1)
    }

    @Test(
        "A run whose process was killed is not called running, and the next run is not refused for it",
        arguments: TestEngine.allCases)
    func killed(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5, fault: .kill(Self.middle))
        let answer = try await bench.post(WebBench.books, "{}")
        #expect(answer.status == 202, "\(answer.text)")
        let task = try await bench.ended(try #require(try answer.json["task_id"]?.string))
        #expect(task["status"] == "failed" && task["completed_at"] != .null)
        #expect(task["error_message"]?.string?.hasPrefix("its process is gone") == true)
        #expect(try await bench.get("/api/tasks", ("active", "true")).json["tasks"] == [])
        #expect(try await bench.post(WebBench.books, "{}").status != 409)
    }

    @Test(
        "A run on another machine that died long ago keeps nobody out, be it of this page's own earlier container",
        arguments: TestEngine.allCases)
    func deadElsewhere(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        try bench.changeTasks(
            """
            INSERT INTO pnbook_tasks (id, type, work, status, progress, message, triggered_by, created_at, started_at, owner_host,
                owner_pid, owner_boot, owner_start, heartbeat_at, heartbeats)
            VALUES ('11111111-2222-4333-8444-555555555555', 'partnumber_book_create', 'books', 'running', 40, 'reading',
                'scheduled', '2026-11-20 03:00:00.000', '2026-11-20 03:00:00.000', 'elsewhere', 4711, 'boot', '1',
                '2026-11-20 03:00:05.000', 1)
            """)
        let answer = try await bench.post(WebBench.books, "{}")
        #expect(answer.status == 202, "\(answer.text)")
        let task = try await bench.ended(try #require(answer.json["task_id"]?.string))
        #expect(task["status"] == "completed")
        let lost = try await bench.get("/api/tasks/11111111-2222-4333-8444-555555555555", ("view", "full"))
        #expect(try lost.json["task"]?["status"] == "failed")
    }

    @Test("By the page's own clock: one of which nothing is heard for a lease is no longer called running")
    func silence() {
        let (pulses, start) = (PulseMemory(), ContinuousClock.now)
        var task = TaskRecord(
            id: "a", type: "partnumber_book_create", status: .running, progress: 0, message: "reading",
            triggeredBy: "scheduled", createdAt: Instant(milliseconds: 0))
        #expect(pulses.silence(of: task, at: start) == .zero)
        #expect(pulses.silence(of: task, at: start + .seconds(61)) == .seconds(61))
        task.heartbeats += 1
        #expect(pulses.silence(of: task, at: start + .seconds(62)) == .zero)
        #expect(pulses.silence(of: task, at: start + .seconds(63)) == .seconds(1))
        #expect(task.silent.status == .failed && task.silent.errorMessage?.contains("no sign of life") == true)
    }

    @Test("A refused book's tally is in its task, in both views", arguments: TestEngine.allCases)
    func refused(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 2500)
        try bench.load(parts: 2500, withoutLOT: 1...1400)
        let id = try #require(try await bench.post(WebBench.books, "{\"if_changed\":true}").json["task_id"]?.string)
        let task = try await bench.ended(id)
        #expect(task["status"] == "failed" && task["exit_code"] == 14)
        #expect(task["result"]?["excluded"]?["empty_lot"] == 1400 && task["result"]?["book"]?["items"] == 1100)
        let host = try await bench.get("/api/tasks/" + id).json
        #expect(host["status"] == "error" && host["result"]?["excluded"]?["empty_lot"] == 1400)
        #expect(host["error"]?.string?.contains("fewer than half") == true)
        let allowed = try await bench.post(WebBench.books, "{\"allow_shrink\":true,\"confirm\":\"allow_shrink\"}")
        let made = try await bench.ended(try #require(try allowed.json["task_id"]?.string))
        #expect(made["result"]?["book"]?["items"] == 1100)
    }

    @Test("A run that cannot begin answers with its error, and without a task", arguments: TestEngine.allCases)
    func notBegun(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: nil)
        let absent = try await bench.post(WebBench.books, "{}")
        #expect(absent.status >= 500, "\(absent.text)")
        try bench.load(parts: 3)
        let pending = try await bench.post(WebBench.books, "{}")
        #expect(pending.error == "500 migrations_pending 10" && pending.headers["content-type"] == "application/json")
        #expect(try pending.json["error"]?["fix"]?.string?.contains("migrate") == true)
        #expect(try await bench.get(WebBench.books).error == "500 migrations_pending 10")
    }

    @Test(
        "A dry run is a task of the page's own: followed, listed, and it writes nothing", arguments: TestEngine.allCases
    )
    func dryRun(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        try bench.load(parts: 8)
        let before = try bench.pnbook("task", "list", "--json")
        let answer = try await bench.post(WebBench.books, "{\"dry_run\":true}")
        #expect(answer.status == 202)
        let id = try #require(try answer.json["task_id"]?.string)
        let task = try await bench.ended(id)
        #expect(task["status"] == "completed" && task["result"]?["dry_run"] == true, "\(task)")
        #expect(task["result"]?["book"]?["items"] == 8 && task["result"]?["changes"]?["added"] == 3)
        #expect(task["result"]?.names?.contains("error") == false)
        #expect(try await bench.get("/api/tasks").json["tasks"]?.elements?.first?["id"]?.string == id)
        #expect(try bench.pnbook("task", "list", "--json") == before)
        try bench.load(parts: 1)
        let refused = try await bench.post(WebBench.books, "{\"dry_run\":true}").json["task_id"]?.string
        let failed = try await bench.ended(try #require(refused))
        #expect(failed["status"] == "failed" && failed["exit_code"] == 14, "\(failed)")
        #expect(failed["result"]?["book"]?["items"] == 1)
    }

    @Test("A dry run is cancelled, and there is one at a time")
    func cancelledDryRun() async throws {
        let bench = try WebBench(.sqlite, parts: 5, fault: .stop(3))
        let id = try #require(try await bench.post(WebBench.books, "{\"dry_run\":true}").json["task_id"]?.string)
        let second = try await bench.post(WebBench.books, "{\"dry_run\":true}")
        #expect(try second.error == "409 busy 11" && second.json["task_id"]?.string == id)
        #expect(try await bench.post("/api/tasks/\(id)/cancel", "{}").status == 202)
        #expect(try await bench.ended(id)["status"] == "cancelled")
    }
}
