import Chronology
import Database
import Harness
import TestSupport
import Testing

/// `doctor` is not content while there is no new book.
@Suite("doctor, after nights without a book")
struct RefusedNightsTests {
    private static func lastRuns(_ database: TestDatabase, _ arguments: String...) throws -> (Int32, [JSON]) {
        let result = try database.expectUntouched { try database.pnbook(["doctor", "--json"] + arguments) }
        let findings = try (result.json["findings"]?.elements ?? []).filter { $0["topic"] == "last run" }
        return (result.code, findings.filter { $0["level"] != "ok" })
    }

    @Test("Each refused night is counted, and the way out is one that works", arguments: TestEngine.allCases)
    func refused(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.load(Catalogues.plain(parts: 2))
        for (nights, start) in [
            (1, "the last run was refused"), (2, "2 runs in a row have failed, and the last one was refused"),
        ] {
            #expect(try database.pnbook("create", "--quiet", "--now", "2026-11-20T0\(3 + nights):00:00Z").code == 14)
            let (code, findings) = try Self.lastRuns(database, "--now", "2026-11-20T09:00:00Z")
            #expect(code == 1 && findings.count == 1)
            let found = try #require(findings.first?["found"]?.string)
            #expect(found.hasPrefix("no book since 2026-11-20 03:00:0"), "\(found)")
            #expect(found.contains(": \(start): the book would have 2 items, fewer than half of the 5"), "\(found)")
            #expect(found.contains("Rows read: 2, left out: none"), "\(found)")
            #expect(findings.first?["level"] == "broken")
            #expect(
                findings.first?["fix"]
                    == "pnbook diff catalogue, then complete the catalogue; or: pnbook create --allow-shrink")
        }
        try database.succeed("diff", "catalogue")
        try database.succeed("create", "--allow-shrink", "--now", "2026-11-20T08:00:00Z")
        #expect(try Self.lastRuns(database, "--now", "2026-11-20T09:00:00Z") == (0, []))
    }

    @Test("A book without items leads to where it went wrong; no book at all is said as such")
    func empty() throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.mappings(",PN-1,"))
        #expect(try database.pnbook("create", "--quiet").code == 14)
        let (code, findings) = try Self.lastRuns(database)
        let id = try #require(try database.tasks(ofStatus: "failed").first?["id"]?.string)
        #expect(code == 1 && findings.first?["fix"] == .string("pnbook task show \(id)"))
        #expect(
            findings.first?["found"]?.string?.hasPrefix(
                "no book has been made: the last run was refused: the book would have no items (1 rows read") == true)
    }

    @Test("A cancelled run, and one that died after its commit, are notes", arguments: TestEngine.allCases)
    func notes(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        for (status, published) in [("cancelled", false), ("failed", true)] {
            let tasks = try engine == .sqlite ? TestDatabase.sqlite(at: database.path + "-tasks") : database.connect()
            let id = published ? try database.rows("SELECT task_id FROM pnbook_book_ledger")[0][0] : "gone"
            try tasks.execute("DELETE FROM pnbook_tasks WHERE id = \(id)")
            try tasks.execute(
                """
                INSERT INTO pnbook_tasks
                    (id, type, work, status, message, error_message, triggered_by, created_at, completed_at)
                VALUES (\(id), 'partnumber_book_create', 'books', \(status), 'stopped', 'by the test', 'scheduled',
                    '2026-11-20 04:00:00.000', '2026-11-20 04:00:00.000')
                """)
            tasks.close()
            let (code, findings) = try Self.lastRuns(database, "--now", "2026-11-20T09:00:00Z")
            #expect(code == 0 && findings.map { $0["level"] } == ["note"], "\(status): \(findings)")
        }
    }

    @Test("A timer that made a book every night and has been silent for days is broken; without one it is noted")
    func silence() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 5))
        #expect(try Self.lastRuns(database, "--now", "2026-11-23T09:00:00Z").1.map { $0["level"] } == ["note"])
        for day in 21...23 {
            try database.succeed(
                "create", "--quiet", "--triggered-by", "scheduled", "--now", "2026-11-\(day)T03:00:00Z")
        }
        #expect(try Self.lastRuns(database, "--now", "2026-11-23T09:00:00Z").0 == 0)
        #expect(try Self.lastRuns(database, "--now", "2026-11-24T09:00:00Z").1.map { $0["level"] } == ["note"])
        let (code, findings) = try Self.lastRuns(database, "--now", "2026-11-26T09:00:00Z")
        #expect(code == 1 && findings.map { $0["level"] } == ["broken"])
        #expect(findings.first?["found"]?.string?.contains("a timer had made 3 books in the week before") == true)
    }
}
