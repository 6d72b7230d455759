import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `verify --reader-database` and `--against-catalogue`, and `verify` while books come and go.
@Suite("verify: readers, catalogue and other runs")
struct VerifyReaderTests {
    /// The two options that send the reader's questions over a user of its own.
    private static func options(of user: LimitedUser, on database: TestDatabase, _ folder: ScratchFolder) throws
        -> [String]
    {
        let file = try folder.write(user.password + "\n", to: "reader-password")
        return ["--reader-database", try database.url(user: user.name), "--reader-password-file", file]
    }

    @Test("A user who may read the two book tables and nothing else proves what a client sees")
    func limitedReader() throws {
        let tables = try LooseTables(.mariadb)
        let database = tables.database
        let folder = try ScratchFolder()
        let user = try LimitedUser(
            on: database, rights: ["SELECT ON qt_partnumber_books", "SELECT ON qt_partnumber_book_items"])
        let options = try Self.options(of: user, on: database, folder)
        for arguments in [["verify"], ["verify", "--json"], ["verify", "active"], ["verify", "--against-catalogue"]] {
            let result = try database.expectUntouched { try database.pnbook(arguments + options) }
            #expect(result.code == 0, "\(result.stdout)\(result.stderr)")
            // The same, and one line more: how far the reader is.
            let own = try database.pnbook(arguments)
            if arguments.contains("--json") {
                let (seen, known) = (try result.json, try own.json)
                #expect(seen["books"] == known["books"] && seen["ok"] == known["ok"])
                let checks = seen["all_books"]?.elements ?? []
                #expect(checks.filter { $0["check"] != "reader_lag" } == known["all_books"]?.elements)
                #expect(checks.contains { $0["check"] == "reader_lag" && $0["message"] == "readers have every book" })
            } else {
                let (lag, others) = Self.partition(result.stdout)
                #expect(lag.count == 1 && others == Self.partition(own.stdout).others)
            }
        }
        // In another order, so that the book is read a second time.
        try database.run(
            "UPDATE qt_partnumber_book_items SET partnumber = 'ZZ' WHERE book_id = 1 AND partnumber = 'PN-1'")
        let broken = try database.pnbook(["verify", "--json"] + options)
        #expect(broken.code == 1)
        #expect(VerifyTests.broken(try broken.json) == ["1 record"])
        // The same user for everything may not see what was recorded.
        try user.pnbook("verify").expectRefusal(
            77, saying: "GRANT SELECT ON `\(database.schema)`.`pnbook_book_ledger` TO \(user.account);")
    }

    private static func partition(_ text: String) -> (lag: [Substring], others: [Substring]) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (
            lines.filter { $0.contains("readers have every book") },
            lines.filter { !$0.contains("readers have every book") }
        )
    }

    @Test("Adopted tables in another character set are verified in the book's order as well")
    func otherCharacterSet() throws {
        let database = try LooseTables(.mariadb, charset: "latin1").database
        try database.run(
            """
            INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn)
            VALUES (2, 'a', 'L', 1), (2, 'É', 'L', 1), (2, 'Z', 'L', 1)
            """)
        let book = try database.succeed("verify", "2", "--json").json["books"]?[0]
        #expect(book?["items"] == 6 && book?["partnumbers"] == 6)
        #expect(book?["notes"]?.elements?.count == 1)
        #expect(book?["digest"] == (try database.succeed("show", "2", "--json").json["digest"]))
    }

    @Test("A reader who may not read the items is told the GRANT")
    func missingRight() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 3))
        let folder = try ScratchFolder()
        let user = try LimitedUser(on: database, rights: ["SELECT ON qt_partnumber_books"])
        try database.pnbook(["verify"] + Self.options(of: user, on: database, folder)).expectRefusal(
            77, saying: "GRANT SELECT ON `\(database.schema)`.`qt_partnumber_book_items` TO \(user.account);")
    }

    @Test("What a reader sees is compared with what was recorded elsewhere")
    func copy() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let copy = database.folder + "/copy.db"
        try database.run("VACUUM INTO \(copy)")
        #expect(try database.succeed("verify", "--reader-database", "sqlite:" + copy).code == 0)
        let other = try TestDatabase.sqlite(at: copy)
        try other.execute("UPDATE qt_partnumber_book_items SET lot_name = 'LOT-X' WHERE partnumber = 'PN-3'")
        other.close()
        let broken = try database.pnbook("verify", "--reader-database", "sqlite:" + copy, "--json")
        #expect(VerifyTests.broken(try broken.json) == ["1 record"])
        #expect(try database.succeed("verify").code == 0)
    }

    @Test("A reader that is behind is told so, and --max-lag says how far it may be", arguments: TestEngine.allCases)
    func lag(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        // A copy that no replication moves on.
        let copy = try TestDatabase(.sqlite)
        let reader = ["verify", "--reader-database", try copy.url]
        try Self.copyBooks(of: database, to: copy)
        func check(_ options: String...) throws -> (code: Int32, check: JSON?) {
            let result = try database.pnbook(reader + options + ["--json"])
            return (result.code, try result.json["all_books"]?.elements?.first { $0["check"] == "reader_lag" })
        }
        #expect(try check("--max-lag", "0").code == 0)
        #expect(try check().check?["message"] == "readers have every book")
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.succeed("create", "--now", "2026-11-22T03:00:00Z")
        let behind = try check()
        #expect(behind.code == 0 && behind.check?["result"] == "ok")
        #expect(
            behind.check?["message"]
                == .string(
                    "2 books behind: readers do not have PNBOOK-2026-11-22-001, and to them PNBOOK-2026-11-20-001 (id 1) is "
                        + "active"))
        #expect(try check("--max-lag", "2").code == 0)
        let tooFar = try check("--max-lag", "1")
        #expect(tooFar.code == 1 && tooFar.check?["result"] == "broken")
        // Every book has arrived, and the switch has not.
        try Self.copyBooks(of: database, to: copy)
        try copy.run(
            "UPDATE qt_partnumber_books SET is_active = 0", "UPDATE qt_partnumber_books SET is_active = 1 WHERE id = 1")
        #expect(try check().code == 0)
        #expect(try check("--max-lag", "5").code == 1)
        #expect(try check().check?["message"]?.string?.contains("is active, and not PNBOOK-2026-11-22-001") == true)
        try database.pnbook("verify", "--max-lag", "1").expectRefusal(64, saying: "--max-lag is for --reader-database")
        try database.pnbook(reader + ["--max-lag", "-1"]).expectRefusal(64, saying: "--max-lag")
    }

    /// What a reader's server has once everything has arrived there.
    private static func copyBooks(of database: TestDatabase, to copy: TestDatabase) throws {
        let (from, to) = (try database.connect(), try copy.connect())
        defer {
            from.close()
            to.close()
        }
        try to.execute("DROP TABLE IF EXISTS qt_partnumber_book_items")
        try to.execute("DROP TABLE IF EXISTS qt_partnumber_books")
        try to.execute(
            "CREATE TABLE qt_partnumber_books (id INTEGER, version TEXT, created_at TEXT, created_by TEXT, is_active INTEGER)"
        )
        try to.execute(
            "CREATE TABLE qt_partnumber_book_items (book_id INTEGER, partnumber TEXT, lot_name TEXT, is_primary_pn INTEGER, description TEXT)"
        )
        try from.forEachRow("SELECT id, version, created_at, created_by, is_active FROM qt_partnumber_books") { row in
            try to.execute(
                "INSERT INTO qt_partnumber_books VALUES (\(row.integer(0)), \(row.text(1)), \(row.text(2)), \(row.text(3)), \(row.integer(4)))"
            )
        }
        try from.forEachRow(
            "SELECT book_id, partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items"
        ) { row in
            try to.execute(
                "INSERT INTO qt_partnumber_book_items VALUES (\(row.integer(0)), \(row.text(1)), \(row.text(2)), \(row.integer(3)), \(row.text(4)))"
            )
        }
    }

    @Test("The reader's options that make no sense are refused by name")
    func badOptions() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let folder = try ScratchFolder()
        let open = try folder.write("s3cr3t\n", to: "open", mode: 0o644)
        try database.pnbook("verify", "--reader-database", "books.db").expectRefusal(
            64, saying: "--reader-database", "begins with neither")
        try database.pnbook("verify", "--reader-password-file", open).expectRefusal(
            64, saying: "--reader-password-file is for --reader-database")
        try database.pnbook("verify", "--reader-database", "mariadb://ann@db/x", "--reader-password-file", open)
            .expectRefusal(78, saying: "chmod 600 \(open)")
        try database.pnbook("verify", "--reader-database", "sqlite:/none.db").expectRefusal(
            69, saying: "/none.db", "no such file")
    }

    @Test("A catalogue that has changed since is told in numbers, and exits 1", arguments: TestEngine.allCases)
    func againstCatalogue(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 10))
        #expect(try database.succeed("verify", "--against-catalogue", "--json").json["catalogue"]?["result"] == "ok")
        try database.run(
            "UPDATE lot_partnumbers SET lot_name = 'LOT-X' WHERE partnumber = 'PN-1'",
            "UPDATE lot_partnumbers SET description = 'x' WHERE partnumber IN ('PN-2', 'PN-3')",
            "DELETE FROM lot_partnumbers WHERE partnumber = 'PN-4'",
            "INSERT INTO lot_partnumbers (vendor, partnumber, lot_name) VALUES ('v', 'PN-11', 'LOT')")
        let result = try database.expectUntouched { try database.pnbook("verify", "--against-catalogue", "--json") }
        #expect(result.code == 1)
        let finding = try #require(try result.json["catalogue"])
        #expect(finding["result"] == "broken")
        #expect(
            finding["message"]?.string
                == "a book made now would have 10 items of 10 part numbers, and PNBOOK-2026-11-20-001 (id 1) has 10 of 10; "
                + "part numbers 1 added, 1 removed, 1 with other LOTs, 2 changed. Make a new book with 'pnbook create'; "
                + "it takes the place of PNBOOK-2026-11-20-001 (id 1)")
        #expect(VerifyTests.broken(try result.json) == [])
        #expect(try database.pnbook("verify").code == 0)
        try database.run("DELETE FROM lot_partnumbers WHERE partnumber <> 'PN-1'")
        #expect(
            try database.pnbook("verify", "--against-catalogue").stdout.contains(
                "It would be refused: the book would have 1 items, fewer than half"))
        try database.succeed("create", "--allow-shrink")
        #expect(try database.succeed("verify", "--against-catalogue").code == 0)
    }

    @Test("A catalogue of which no book can be made is told whole, beside the rest")
    func badCatalogue() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        try database.run(
            "INSERT INTO qt_lot_bundle_items (bundle_lot_name, lot_name, qty) VALUES ('A', 'B', 1), ('B', 'A', 1)",
            "UPDATE lot_partnumbers SET lot_name = 'A' WHERE partnumber = 'PN-1'")
        let result = try database.pnbook("verify", "--against-catalogue")
        #expect(result.code == 1)
        #expect(
            result.stdout.contains(
                "no book can be made of the catalogue as it is: bundles contain one another: A → B → A"))
        #expect(result.stdout.contains("ok      book 1"))
    }

    @Test("While books are made and removed, nothing is called broken", arguments: TestEngine.allCases)
    func meanwhile(engine: TestEngine) async throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 300))
        let url = try database.url
        async let work: Void = {
            // Each removes the one before the previous one: they are of one day.
            for minute in 10..<30 {
                let run = try await RunProgram(
                    ["create", "--now", "2026-11-20T04:\(minute):00Z", "--database", url]
                ).runAside()
                #expect(run.code == 0, "\(run.stderr)")
            }
        }()
        for _ in 0..<25 {
            for options in [[], ["--reader-database", url]] {
                let result = try await RunProgram(["verify", "--database", url] + options).runAside()
                #expect(result.code == 0, "\(result.stdout)\(result.stderr)")
            }
        }
        try await work
        #expect(try database.books() == ["PNBOOK-2026-11-20-021*", "PNBOOK-2026-11-20-020"])
    }
}
