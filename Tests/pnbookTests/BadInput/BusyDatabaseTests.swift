import Database
import Harness
import TestSupport
import Testing

/// Another process holds what a run needs: it waits a bounded time, exits 75 and tells the truth.
@Suite("Busy database")
struct BusyDatabaseTests {
    private static func run(_ arguments: [String], on database: TestDatabase) async throws -> ProgramResult {
        try await RunProgram(arguments + ["--database", try database.url]).runAside()
    }

    @Test("A SQLite file that another process writes exits 75 after a while; a reader does not wait")
    func lockedFile() async throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let editor = try database.connect()
        try editor.begin(.write)
        let before = try database.contents().withoutTasks
        let result = try await Self.run(["create", "--now", "2026-11-20T05:00:00Z"], on: database)
        #expect(try database.contents().withoutTasks == before)
        result.expectRefusal(75, saying: database.path, "try again later", "nothing was changed")
        for verb in [
            ["list"], ["show", "active"], ["verify", "--against-catalogue"], ["explain", "PN-1"],
            ["create", "--dry-run"], ["prune", "--dry-run"], ["task", "list"],
        ] {
            #expect(try database.pnbook(verb).code == 0)
        }
        try editor.rollback()
        editor.close()
        let tasks = try database.tasks(ofStatus: "failed")
        #expect(tasks.map { $0["message"] } == ["stopped while starting over: attempt 3 of 3"])
        try database.succeed("create", "--now", "2026-11-20T05:00:00Z")
    }

    @Test("A book table that another session holds on MariaDB exits 75 and leaves the old book")
    func lockedBook() async throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let editor = try database.connect()
        try editor.begin(.write)
        try editor.execute("UPDATE qt_partnumber_books SET created_by = 'somebody' WHERE id = 1")
        let before = try database.contents().withoutTasks
        let result = try await Self.run(["create", "--now", "2026-11-20T05:00:00Z"], on: database)
        #expect(try database.contents().withoutTasks == before)
        result.expectRefusal(75, saying: database.schema, "Lock wait timeout", "try again later", "nothing was changed")
        try editor.rollback()
        editor.close()
        #expect(try database.tasks(ofStatus: "failed").count == 1)
        try database.succeed("create", "--now", "2026-11-20T05:00:00Z")
    }

    @Test("A migration that waits for another session's open transaction exits 75, and what it says exists does")
    func lockedMigration() async throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 3))
        let editor = try database.connect()
        try editor.begin(.write)
        try editor.execute("UPDATE lot_partnumbers SET description = 'edited' WHERE partnumber = 'PN-1'")
        let result = try await Self.run(["migrate", "up"], on: database)
        result.expectRefusal(
            75, saying: database.schema, "Lock wait timeout", "Migration 026 partnumber_books was not begun",
            "try again later")
        #expect(!result.stderr.contains("half applied"))
        // Its one statement was refused, so nothing has run.
        #expect(try database.pnbook("migrate", "status").code == 10)
        try editor.commit()
        editor.close()
        try database.succeed("migrate", "up")
        #expect(try database.pnbook("migrate", "status").code == 0)
        #expect(try database.rows("SELECT COUNT(*) FROM lot_partnumbers WHERE is_primary_pn = 1") == [["3"]])
    }
}
