import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `task list` and `task show`: what the runs of the other commands have left (<doc:TaskModel>).
@Suite("task list and show")
struct TaskTests {
    private static let fields = [
        "cancel_requested_by", "completed_at", "created_at", "error_message", "exit_code", "heartbeat_at", "host", "id",
        "message",
        "pid", "progress", "result", "started_at", "status", "triggered_by", "type",
    ]

    /// A load, a migration and two creations, told apart by their hours.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        let now = { (hour: Int) in ["--triggered-by", "manual:ann", "--now", "2026-11-20T0\(hour):00:00Z"] }
        for arguments in [
            ["load", Catalogues.servers] + now(1), ["migrate", "up"] + now(2), ["create"] + now(3), ["create"] + now(4),
        ] {
            #expect(try database.pnbook(arguments).code == 0)
        }
        return database
    }

    private static func task(_ id: String, _ database: TestDatabase) throws -> JSON? {
        try database.tasks().first { $0["id"] == .string(id) }
    }

    @Test("load, migrate up and create each leave a finished task, newest first", arguments: TestEngine.allCases)
    func list(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let tasks = try database.expectUntouched { try database.tasks() }
        #expect(
            tasks.map { $0["type"] } == [
                "partnumber_book_create", "partnumber_book_create", "schema_migrate", "catalogue_load",
            ])
        #expect(
            tasks.map { $0["status"] } == [
                "completed_with_warnings", "completed_with_warnings", "completed", "completed",
            ])
        #expect(Set(tasks.compactMap { $0["id"]?.string }).count == 4)
        for task in tasks {
            #expect(task.names == Self.fields)
            #expect(task["progress"] == 100)
            #expect(task["triggered_by"] == "manual:ann")
            #expect(task["error_message"] == .null)
            #expect(task["started_at"] == task["created_at"])
            let times = [task["started_at"], task["completed_at"]].compactMap { $0?.string }
            #expect(times.count == 2)
            #expect(times == times.sorted())
        }
        let text = try database.expectUntouched { try database.succeed("task", "list").stdout }
        #expect(text.split(separator: "\n").count == 5)
        #expect(
            text.contains(
                "  migrate  done      2026-11-20 02:00:00  3 migrations applied"))
        #expect(
            try database.succeed("task", "list", "--limit", "1", "--json").json["tasks"]?.elements
                == Array(tasks.prefix(1)))
    }

    @Test("A task's result is what the run printed", arguments: TestEngine.allCases)
    func results(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let printed = try database.pnbook("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        let tasks = try database.tasks()
        #expect(tasks.first?["result"] == printed.without("task", "error"))
        #expect(tasks.first?["message"] == "PNBOOK-2026-11-20-003 is active with 546 items")
        let migrated = tasks[3]["result"]?["migrations"]?.elements ?? []
        #expect(migrated.map { $0["number"] } == [26, 27, 28])
        #expect(tasks[4]["result"]?["loaded"]?[1] == ["table": "lot_partnumbers", "rows": 403])
        let id = try #require(tasks.first?["id"]?.string)
        let shown = try database.expectUntouched { try database.succeed("task", "show", id, "--json").json }
        #expect(shown == ["schema": 1, "error": .null, "task": try #require(tasks.first)])
        let text = try database.succeed("task", "show", id).stdout
        for words in [
            id, "completed_with_warnings, 100 %", "2026-11-20 05:00:00 UTC", "PNBOOK-2026-11-20-003 is active",
        ] {
            #expect(text.contains(words))
        }
    }

    @Test(
        "A create that fails leaves a failed task with the reason and where it stopped", arguments: TestEngine.allCases)
    func failedCreate(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.load(Catalogues.plain(parts: 1))
        let result = try database.pnbook("create", "--now", "2026-11-20T05:00:00Z")
        #expect(result.code == 14)
        let failed = try database.tasks(ofStatus: "failed")
        #expect(failed.count == 1)
        let task = try #require(failed.first)
        #expect(task["message"] == "stopped while writing the book: 0 of 1 items")
        let reason = try #require(task["error_message"]?.string)
        #expect(result.stderr == "pnbook: \(reason)\n")
        #expect(task["result"]?["source"]?["rows"] == 1 && task["result"]?["book"]?["items"] == 1)
        #expect(task["completed_at"]?.string?.hasPrefix("2026-11-20T05:00:0") == true)
        let progress = try #require(task["progress"]?.integer)
        #expect((40..<95).contains(progress))
        let id = try #require(task["id"]?.string)
        let text = try database.succeed("task", "show", id).stdout
        #expect(text.contains("failed, \(progress) %"))
        #expect(text.contains("fewer than half"))
        #expect(try database.succeed("task", "list").stdout.contains("fewer than half"))
    }

    @Test("A load that fails leaves a failed task", arguments: TestEngine.allCases)
    func failedLoad(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.mappings(",A,L\n,A,L"))
        #expect(try database.pnbook("load", folder.path).code == 65)
        let task = try #require(try database.tasks().first)
        #expect(task["type"] == "catalogue_load")
        #expect(task["status"] == "failed")
        #expect(task["message"]?.string?.hasPrefix("stopped while loading lot_partnumbers") == true)
        #expect(task["error_message"]?.string?.hasPrefix("lot_partnumbers.csv, line 3: ") == true)
    }

    @Test("An unknown task exits 1 and is never pending", arguments: TestEngine.allCases, ["1234", "", "x' OR '1'='1"])
    func unknown(engine: TestEngine, id: String) throws {
        let database = try Self.database(engine)
        try database.expectUntouched { try database.pnbook("task", "show", id) }
            .expectRefusal(1, saying: "there is no task \(id)", "pnbook task list")
        // A beginning of an id is refused likewise where it is too short.
        let known = try #require(try database.tasks().first?["id"]?.string)
        try database.pnbook("task", "show", String(known.prefix(3))).expectRefusal(1, saying: "too short")
        #expect(try database.succeed("task", "show", String(known.prefix(13))).stdout.contains(known))
    }

    @Test("Where no task has ever run, there are none", arguments: TestEngine.allCases)
    func none(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.run("CREATE TABLE lot_partnumbers (partnumber VARCHAR(20))")
        #expect(
            try database.expectUntouched { try database.succeed("task", "list").stdout } == "There are no tasks yet.\n")
        #expect(try database.tasks() == [])
        #expect(try database.pnbook("task", "show", "x").code == 1)
    }

    /// A task as another program stores it.
    ///
    /// - Parameters:
    ///   - day: when it began, at midnight.
    ///   - end: the same of its end; nil where that is not said.
    private static func insertForeign(
        _ id: String, _ status: String, at day: String, ended end: String? = nil, on connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at, completed_at)
            VALUES (\(id), 'price_import', \(status), 5, '', 'api:host', \("\(day) 00:00:00.000"),
                \(end.map { "\($0) 00:00:00.000" }))
            """)
    }

    @Test("Tasks of other programs are read in their own words", arguments: TestEngine.allCases)
    func foreignTasks(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let connection = try database.connectWithTasks()
        for (index, status) in ["queued", "processing", "fetching"].enumerated() {
            try Self.insertForeign("host-\(index)", status, at: "2035-01-01", on: connection)
        }
        connection.close()
        let tasks = try database.tasks().filter { $0["type"] == "price_import" }
        #expect(tasks.map { $0["status"] } == ["running", "running", "pending"])
        #expect(tasks.map { $0["completed_at"] } == [.null, .null, .null])
        try database.succeed("task", "cancel", "host-1")
        #expect(try Self.task("host-1", database)?["cancel_requested_by"]?.string?.isEmpty == false)
        #expect(try database.pnbook("task", "cancel", "host-0").code == 1)
    }

    @Test(
        "Other programs' words for an end are taken with its time and without, and those tasks are cleaned like ours",
        arguments: TestEngine.allCases)
    func foreignEnds(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let connection = try database.connectWithTasks()
        defer { connection.close() }
        for (index, status) in ["success", "Passed", "error", "canceled", "success", "error"].enumerated() {
            let day = "2020-01-0\(index + 1)"
            try Self.insertForeign(
                "host-\(index)", status, at: day, ended: index.isMultiple(of: 2) ? day : nil, on: connection)
        }
        #expect(throws: DatabaseError.self) {
            try Self.insertForeign("odd", "processing", at: "2020-01-01", ended: "2020-01-01", on: connection)
        }
        try database.succeed("task", "clean", "--older-than", "1d")
        let left = try database.tasks().filter { $0["type"] == "price_import" }
        // The last of each outcome.
        #expect(left.map { $0["id"] } == ["host-5", "host-4", "host-3"])
        #expect(left.map { $0["status"] } == ["failed", "completed", "cancelled"])
    }

    @Test(
        "However many tasks have ended in other programs' words, the one that runs is found",
        arguments: TestEngine.allCases)
    func manyForeignEnds(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let connection = try database.connectWithTasks()
        defer { connection.close() }
        try Self.insertForeign("host-1", "processing", at: "2034-01-01", on: connection)
        try connection.transaction(.write) {
            for number in 2...1001 {
                try Self.insertForeign("host-\(number)", "success", at: "2035-01-01", on: connection)
            }
        }
        #expect(try database.succeed("task", "show", "--json").json["task"]?["id"] == "host-1")
    }

    @Test("A run that was killed is not called running, and cannot be asked to end", arguments: TestEngine.allCases)
    func killed(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let connection = try database.connectWithTasks()
        defer { connection.close() }
        try connection.execute(
            """
            UPDATE pnbook_tasks SET status = 'running', completed_at = NULL, owner_pid = 999999
            WHERE type = 'partnumber_book_create'
            """)
        let id = try #require(try database.tasks(ofStatus: "failed").first?["id"]?.string)
        let shown = try database.succeed("task", "show", "--json").json["task"]
        #expect(shown?["id"] == .string(id) && shown?["status"] == "failed")
        #expect(shown?["error_message"]?.string?.hasPrefix("its process is gone") == true)
        for arguments in [["task", "cancel"], ["task", "cancel", id]] {
            try database.pnbook(arguments).expectRefusal(1, saying: "the process of task \(id) is gone")
        }
        try database.succeed("create")
        #expect(try Self.task(id, database)?["error_message"]?.string?.contains("was lost") == true)
    }

    @Test("On SQLite tasks live in a file beside the database")
    func siblingFile() throws {
        let database = try Self.database(.sqlite)
        let names = try FileManager.default.contentsOfDirectory(atPath: database.folder)
        #expect(names.contains("books.db-tasks"))
        #expect(try database.rows("SELECT name FROM sqlite_schema WHERE name = 'pnbook_tasks'") == [])
    }
}
