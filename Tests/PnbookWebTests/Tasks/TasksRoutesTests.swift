import Database
import Harness
import TestSupport
import Testing

@testable import PnbookWeb

/// Tasks of all types in the shared table, whoever runs them.
@Suite("Tasks through the page")
struct TasksRoutesTests {
    /// The host's own tasks beside ours, with its own words.
    private static func bench(_ engine: TestEngine) throws -> WebBench {
        let bench = try WebBench(engine, parts: 3)
        for (index, status) in ["queued", "processing", "fetching", "passed", "success", "error", "canceled", "odd"]
            .enumerated()
        {
            try bench.changeTasks(
                """
                INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at)
                VALUES (\("host-\(status)"), 'price_import', \(status), 5, '<b>"', 'api:host',
                    \("2035-01-01 00:00:0\(index).000"))
                """)
        }
        return bench
    }

    @Test("The host's view of a task is the command line's, to the byte", arguments: TestEngine.allCases)
    func hostView(engine: TestEngine) async throws {
        let bench = try Self.bench(engine)
        let ids = try await bench.get("/api/tasks").json["tasks"]?.elements?.compactMap { $0["id"]?.string } ?? []
        #expect(ids.count == 11)
        for id in ids {
            let answer = try await bench.get("/api/tasks/" + id)
            #expect(answer.status == 200)
            #expect(try answer.text == bench.pnbook("task", "show", id, "--format", "priceforge"))
            let full = try await bench.get("/api/tasks/" + id, ("view", "full")).json
            let shown = try JSON(parsing: bench.pnbook("task", "show", id, "--json"))
            #expect(full == shown)
        }
    }

    @Test("Those that have not ended come first, also the host's, in words old and new", arguments: TestEngine.allCases)
    func order(engine: TestEngine) async throws {
        let bench = try Self.bench(engine)
        let tasks = try await bench.get("/api/tasks", ("view", "full")).json["tasks"]?.elements ?? []
        #expect(
            tasks.map { "\($0["id"]?.string?.prefix(9) ?? "") \($0["status"]?.string ?? "")" }.prefix(8) == [
                "host-fetc running", "host-proc running", "host-queu pending", "host-odd failed", "host-canc cancelled",
                "host-erro failed", "host-succ completed", "host-pass completed",
            ])
        #expect(tasks.allSatisfy { $0["result"] == .null } && tasks.count == 11)
        let active = try await bench.get("/api/tasks", ("active", "true")).json["tasks"]?.elements ?? []
        #expect(active.map { $0["id"] } == ["host-fetching", "host-processing", "host-queued"])
        #expect(active.allSatisfy { $0["status"] == "running" })
        #expect(try await bench.get("/api/tasks", ("limit", "4")).json["tasks"]?.elements?.count == 4)
    }

    @Test(
        "An unknown task is not found, whatever its name looks like",
        arguments: ["x", "' OR '1'='1", "../healthz", "%00", "host-"])
    func unknown(id: String) async throws {
        let bench = try Self.bench(.sqlite)
        #expect(try await bench.get("/api/tasks/" + id).error.hasPrefix("404 "))
        #expect(try await bench.post("/api/tasks/\(id)/cancel", "{}").error.hasPrefix("404 "))
    }

    @Test("Where no task has ever run there are none", arguments: TestEngine.allCases)
    func none(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: nil)
        let connection = try bench.database.connect()
        try connection.execute("CREATE TABLE lot_partnumbers (partnumber VARCHAR(20))")
        connection.close()
        #expect(try await bench.get("/api/tasks").text == "{\"schema\":1,\"tasks\":[]}\n")
        #expect(try await bench.get("/api/tasks/x").error == "404 failed 1")
    }

    @Test("Another program's task can be asked to end; one that has ended cannot", arguments: TestEngine.allCases)
    func cancel(engine: TestEngine) async throws {
        let bench = try Self.bench(engine)
        let answer = try await bench.post("/api/tasks/host-processing/cancel")
        #expect(try answer.status == 202 && answer.json["task"]?["cancel_requested_by"] == "api:ann")
        for id in ["host-queued", "host-error"] {
            #expect(try await bench.post("/api/tasks/\(id)/cancel").error == "409 failed 1")
        }
    }
}
