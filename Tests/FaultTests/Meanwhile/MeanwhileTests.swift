import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// What others see who come while a run of another kind is at work, and what a run leaves in order.
@Suite("Meanwhile", .serialized)
struct MeanwhileTests {
    @Test(
        "Who comes in the middle of somebody's migration is told of it, waits for it, or leaves quietly",
        arguments: TestEngine.allCases)
    func migration(engine: TestEngine) throws {
        let scene = try Scene(engine, isMigrated: false)
        let calls = try Scene(engine, isMigrated: false).callCount("migrate", "up")
        let migration = try scene.start("migrate", "up", fault: .stop(calls / 2))
        try migration.waitUntilStopped()
        for verb in ["create", "prune"] {
            let refused = try Program.run(scene.arguments([verb]))
            #expect(refused.code == 11, "\(refused.stderr)")
            #expect(refused.stderr.contains("schema_migrate is running by process \(migration.pid)"))
            #expect(try Program.run(scene.arguments([verb, "--if-running", "skip"])).code == 0)
        }
        let patient = try scene.start("create", "--wait", "60s")
        try patient.waitFor("waiting")
        migration.signal(SIGCONT)
        #expect(try migration.wait() == 0)
        #expect(try patient.wait() == 0, "\(patient.stderr)")
        #expect(try scene.books().count == 1)
    }

    @Test("Of two loads at once one works, and nobody makes tables beside it", arguments: TestEngine.allCases)
    func loads(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let folder = scene.database.folder + "/catalogue"
        let first = try scene.start("load", folder, "--replace", fault: .stop(25))
        try first.waitUntilStopped()
        let second = try Program.run(scene.arguments(["load", folder, "--replace"]))
        #expect(second.code == 11, "\(second.stderr)")
        #expect(second.stderr.contains("catalogue_load is running by process \(first.pid)"))
        first.signal(SIGCONT)
        #expect(try first.wait() == 0)
    }

    @Test("A host whose mappings refer to its LOTs can be loaded", arguments: TestEngine.allCases)
    func foreignKey(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let connection = try scene.database.connect()
        switch engine {
        case .mariadb:
            try connection.execute("DELETE FROM lot_partnumbers")
            try connection.execute(
                "ALTER TABLE lot_partnumbers ADD CONSTRAINT fk_host FOREIGN KEY (lot_name) REFERENCES lot (lot_name)")
        case .sqlite:
            try connection.execute("DROP TABLE lot_partnumbers")
            try connection.execute(
                """
                CREATE TABLE lot_partnumbers (vendor TEXT NOT NULL, partnumber TEXT NOT NULL,
                    lot_name TEXT REFERENCES lot (lot_name), description TEXT,
                    is_primary_pn INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (vendor, partnumber))
                """)
        }
        connection.close()
        let folder = scene.database.folder + "/hosts"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("lot_name\nCPU\n".utf8).write(to: URL(fileURLWithPath: folder + "/lot.csv"))
        try Data("vendor,partnumber,lot_name,description\nv,P-1,CPU,\n".utf8)
            .write(to: URL(fileURLWithPath: folder + "/lot_partnumbers.csv"))
        #expect(try scene.run("load", folder, "--replace") == 0)
        // And again over what is there.
        #expect(try scene.run("load", folder, "--replace") == 0)
    }

    @Test(
        "Old tasks go with the nightly run; the last success and the last failure stay", arguments: TestEngine.allCases)
    func cleaning(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let connection = try scene.taskConnection()
        let insert = { (id: String, type: String, status: String, year: Int) in
            try connection.execute(
                """
                INSERT INTO pnbook_tasks (id, type, status, progress, message, triggered_by, created_at, completed_at)
                VALUES (\(id), \(type), \(status), 50, 'old', 'scheduled', \("\(year)-01-01 00:00:00.000"),
                    \("\(year)-01-01 00:00:01.000"))
                """)
        }
        for (id, type, status, year) in [
            ("a", "partnumber_book_create", "completed", 2020), ("b", "partnumber_book_create", "failed", 2020),
            ("c", "partnumber_book_create", "failed", 2021), ("d", "host_import", "completed", 2019),
            ("e", "host_import", "completed", 2018), ("f", "host_import", "failed", 2018),
        ] { _ = try insert(id, type, status, year) }
        connection.close()
        // Under a set clock nothing is old.
        #expect(try scene.run("create", "--now", "2035-01-01T03:00:00Z") == 0)
        #expect(try scene.tasks().count == 10)
        #expect(try scene.run("create", "--allow-shrink") == 0)
        let left = Set(try scene.tasks().map(\.id).filter { $0.count == 1 })
        #expect(left == ["c", "d", "f"])
    }
}
