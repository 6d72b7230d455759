import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `doctor`: each fault is found, with what fixes it; nothing is changed.
@Suite("doctor")
struct DoctorTests {
    /// The findings that are not ok, as `topic level: found -> remedy`.
    private static func troubles(_ result: ProgramResult) throws -> [String] {
        let findings = try result.json["findings"]?.elements ?? []
        return findings.filter { $0["level"] != "ok" }.map { finding in
            "\(finding["topic"]?.string ?? "") \(finding["level"]?.string ?? ""): \(finding["found"]?.string ?? "")"
                + (finding["fix"]?.string.map { " -> " + $0 } ?? "")
        }
    }

    private static func troubles(_ database: TestDatabase, code: Int32 = 0) throws -> [String] {
        let result = try database.expectUntouched { try database.pnbook("doctor", "--json") }
        #expect(result.code == code, "\(result.stdout)")
        return try troubles(result)
    }

    @Test("A sound database has no finding", arguments: TestEngine.allCases)
    func sound(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        #expect(try Self.troubles(database) == [])
        let text = try database.pnbook("doctor").stdout
        for topic in ["configuration", "reachable", "schema", "rights", "books", "room", "last run"] {
            #expect(text.contains("ok      \(topic): "))
        }
        #expect(text.hasSuffix("\nNothing is broken.\n"))
        #expect(try database.pnbook("doctor", "--quiet").stdout == "")
    }

    @Test("Pending migrations, and what 'create' would exit with", arguments: TestEngine.allCases)
    func pending(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 5))
        let troubles = try Self.troubles(database, code: 10)
        #expect(troubles.count == 2)
        #expect(troubles[0].hasPrefix("schema broken: ") && troubles[0].hasSuffix("-> pnbook migrate up"))
        #expect(troubles[1] == "last run note: no book has been made yet -> pnbook create")
    }

    @Test("Nothing there: what cannot be checked is left out")
    func unreachable() throws {
        let nowhere = ["--database", "sqlite:/nowhere/books.db"]
        let result = try RunProgram(["doctor"] + nowhere).run()
        #expect(result.code == 69)
        #expect(result.stdout.contains("BROKEN  reachable: sqlite:/nowhere/books.db"))
        #expect(!result.stdout.contains("schema"))
    }

    @Test("Books of which none is active are found, as readers would", arguments: TestEngine.allCases)
    func brokenBooks(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        try database.run("UPDATE qt_partnumber_books SET is_active = 0")
        let troubles = try Self.troubles(database, code: 1)
        #expect(troubles.count == 1)
        #expect(troubles[0].hasPrefix("books broken: no book is active"))
        #expect(troubles[0].contains("pnbook activate"))
    }

    @Test("Items without a header are found, with the statement that removes them", arguments: TestEngine.allCases)
    func orphans(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        let loose = try database.connect(migrating: true)
        if engine == .mariadb { try loose.execute("SET SESSION foreign_key_checks = 0") }
        try loose.execute(
            "INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn) VALUES (99, 'A', 'B', 1)"
        )
        loose.close()
        let troubles = try Self.troubles(database, code: 1)
        #expect(troubles.count == 1)
        let remedy = try #require(troubles[0].firstMatch(of: #/ -> (DELETE .+);/#)?.1)
        try database.run(SQL(raw: String(remedy)))
        #expect(try Self.troubles(database) == [])
    }

    @Test("A run that is gone is named, and that the next one closes it", arguments: TestEngine.allCases)
    func lostRun(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        let tasks = try engine == .sqlite ? TestDatabase.sqlite(at: database.path + "-tasks") : database.connect()
        defer { tasks.close() }
        try tasks.execute(
            """
            UPDATE pnbook_tasks SET status = 'running', completed_at = NULL, owner_pid = 999999
            WHERE type = 'partnumber_book_create'
            """)
        let troubles = try Self.troubles(database)
        #expect(troubles.count == 2)
        #expect(troubles[0].contains("is presumed dead: process 999999") && troubles[0].hasSuffix("-> pnbook create"))
    }

    @Test("A file of two names is noted: whoever opens it by the other one is not seen")
    func hardLink() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 5))
        try FileManager.default.linkItem(atPath: database.path, toPath: database.folder + "/other.db")
        let text = try database.pnbook("doctor").stdout
        #expect(text.contains("it has 2 names (hard links)") && text.contains("find / -xdev -samefile"))
        try FileManager.default.removeItem(atPath: database.folder + "/other.db")
        #expect(try !database.pnbook("doctor").stdout.contains("hard links"))
    }

    @Test("Two days without a book are noted", arguments: TestEngine.allCases)
    func overdue(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        let result = try database.pnbook("doctor", "--json", "--now", "2026-11-22T04:00:00Z")
        let troubles = try Self.troubles(result)
        #expect(troubles.count == 1)
        #expect(
            troubles[0].hasPrefix("last run note: the last book was made 48 hours ago, at 2026-11-20 03:00:"),
            "\(troubles)")
    }

    @Test("Each missing right is named by the GRANT that gives it; given, nothing is missing")
    func missingRights() throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        let user = try LimitedUser(on: database, rights: ["SELECT"])
        let result = try user.pnbook("doctor", "--json")
        #expect(result.code == 77)
        let broken = try (result.json["findings"]?.elements ?? []).filter { $0["level"] == "broken" }
        #expect(broken.count == 1 && broken.first?["found"] == "rights are missing")
        let remedies = (broken.first?["fix"]?.string ?? "").split(separator: "\n").map(String.init)
        let table = { (name: String) in "ON `\(database.schema)`.`\(name)` TO \(user.account);" }
        #expect(
            remedies == [
                "GRANT INSERT, UPDATE, DELETE " + table("qt_partnumber_books"),
                "GRANT INSERT, DELETE " + table("qt_partnumber_book_items"),
                "GRANT INSERT, UPDATE " + table("pnbook_book_ledger"),
                "GRANT INSERT, UPDATE " + table("pnbook_fences"),
                "GRANT INSERT, UPDATE, DELETE " + table("pnbook_tasks"),
            ])
        for remedy in remedies { try database.run(SQL(raw: String(remedy.dropLast()))) }
        #expect(try user.pnbook("doctor").code == 0)
        #expect(try user.pnbook("create").code == 0)
    }

    @Test("Before the first run the rights to make tables count as well, by name")
    func missingTableRights() throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 5))
        let user = try LimitedUser(on: database, rights: ["SELECT", "INSERT, UPDATE, DELETE ON pnbook_tasks"])
        let result = try user.pnbook("doctor", "--json")
        let remedies = try (result.json["findings"]?.elements ?? []).compactMap { $0["fix"]?.string }
        #expect(
            remedies.dropFirst().first
                == "GRANT INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, REFERENCES ON `\(database.schema)`.* TO \(user.account);"
        )
        try database.run(SQL(raw: String((remedies.dropFirst().first ?? "").dropLast())))
        #expect(try user.pnbook("doctor").code == 10, "only the migrations are missing now")
        #expect(try user.pnbook("create", "--migrate").code == 0)
    }

    @Test("A file that may not be written is found, with the command that fixes it")
    func readOnlyFile() throws {
        let database = try TestDatabase(.sqlite)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: database.path)
        let result = try database.pnbook(["doctor"], heedingFileModes: true)
        #expect(result.code == 77)
        #expect(result.stdout.contains("fix: chmod u+w '\(database.path)'"))
    }

    @Test("Tables of another program with other collations are right, and noted")
    func collations() throws {
        let database = try TestDatabase(.mariadb)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        try database.run(
            "ALTER TABLE qt_partnumber_book_items MODIFY lot_name VARCHAR(255) COLLATE utf8mb4_general_ci NOT NULL")
        let troubles = try Self.troubles(database)
        #expect(troubles.count == 1)
        #expect(troubles[0].hasPrefix("collations note: the items' keys are utf8mb4_general_ci, utf8mb4_nopad_bin"))
    }

    @Test("A password in the environment and variables that mean nothing are noted")
    func environment() throws {
        let database = try TestDatabase(.sqlite)
        try database.load(Catalogues.plain(parts: 5))
        try database.succeed("create", "--migrate")
        let result = try database.pnbook(
            ["doctor", "--json"], environment: ["MYSQL_PWD": "s3cr3t", "PNBOOK_TIMEZON": "UTC"])
        let troubles = try Self.troubles(result)
        #expect(troubles.count == 2)
        #expect(troubles[0].contains("PNBOOK_TIMEZON is set and is not a setting of pnbook -> unset PNBOOK_TIMEZON"))
        #expect(troubles[1].contains("MYSQL_PWD"))
        #expect(!result.stdout.contains("s3cr3t"))
    }
}
