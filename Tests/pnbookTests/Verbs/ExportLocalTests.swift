import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `export BOOK --to FILE.db`: QuoteForge's own file, new and brought up to date (<doc:ReaderProtocol#The-clients-file>).
@Suite("export to QuoteForge's local file")
struct ExportLocalTests {
    /// Books 1 to 3, the third active.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        for day in 21...22 {
            try database.load(Catalogues.plain(parts: 5 + day))
            try database.succeed("create", "--now", "2026-11-\(day)T03:00:00.250Z")
        }
        return database
    }

    /// Changes a client's file by hand.
    private static func edit(_ file: String, _ statements: SQL...) throws {
        let connection = try TestDatabase.sqlite(at: file)
        defer { connection.close() }
        for statement in statements { try connection.execute(statement) }
    }

    private static func export(_ database: TestDatabase, _ book: String, _ file: String) throws -> JSON {
        try database.expectUntouched { try database.succeed("export", book, "--to", file, "--json") }.json
    }

    @Test("'all' in a new file is what a first synchronisation gives", arguments: TestEngine.allCases)
    func firstSynchronisation(engine: TestEngine) throws {
        let database = try Self.database(engine)
        _ = try HostileBook.insert(300, seed: 7, into: database)
        let folder = try ScratchFolder()
        let file = folder.path + "/local.db"
        let document = try Self.export(database, "all", file)
        #expect(document["books"]?.elements?.map { $0["id"] } == [1, 2, 3, 4])
        #expect(document["items"] == .integer(5 + 26 + 27 + 300))
        #expect(document["update"] == .null)
        #expect(document["active"] == "PNBOOK-2026-11-22-001")
        for book in document["books"]?.elements ?? [] {
            let id = "\(book["id"]?.integer ?? 0)"
            #expect(try database.succeed("show", id, "--json").json["digest"] == book["digest"])
        }
        let client = try NaiveClient(reading: file)
        #expect(try client == NaiveClient(pulling: database))
        #expect(client.books.values.allSatisfy { $0.items.count == $0.rows })
        #expect(client.books.count == 4)
    }

    @Test("A new file is one plain file, as the client's library makes and reads it")
    func plainFile() throws {
        let database = try Self.database(.sqlite)
        let folder = try ScratchFolder()
        let file = folder.path + "/local.db"
        _ = try Self.export(database, "active", file)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["local.db"])
        // Bytes 18 and 19 of the header are 2 under a write-ahead log.
        let header = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)).prefix(20))
        #expect(header[18...] == [1, 1])
        let connection = try TestDatabase.sqlite(at: file)
        defer { connection.close() }
        let text = { (query: SQL) in try connection.rows(query) { $0.text(0) ?? "NULL" } }
        #expect(try text("PRAGMA integrity_check") == ["ok"])
        #expect(
            try text("SELECT created_at FROM local_partnumber_books") == ["2026-11-22 03:00:00.250+00:00"])
        #expect(
            try text("SELECT typeof(is_active) || typeof(server_id) || id FROM local_partnumber_books")
                == ["integerinteger1"])
        #expect(
            try connection.columns(of: "local_partnumber_books")?.first { $0.name == "created_at" }?.declaredType
                == "datetime")
        #expect(
            try connection.rows(
                """
                EXPLAIN QUERY PLAN SELECT lot_name FROM local_partnumber_book_items
                WHERE book_id = 1 AND partnumber = 'PN-1'
                """
            ) { $0.text(3) } == [
                "SEARCH local_partnumber_book_items USING INDEX idx_local_partnumber_book_items_book_pn "
                    + "(book_id=? AND partnumber=?)"
            ])
        #expect(throws: DatabaseError.self) {
            try connection.execute(
                "INSERT INTO local_partnumber_books (server_id, version, created_at) VALUES (3, 'again', '')")
        }
    }

    @Test("One book alone, by id, version or 'active'; without the active one a warning says so")
    func oneBook() throws {
        let database = try Self.database(.sqlite)
        let folder = try ScratchFolder()
        let whole = try NaiveClient(pulling: database)
        for (name, others) in [("3", [1, 2]), ("active", [1, 2]), ("PNBOOK-2026-11-21-001", [1, 3])] {
            let file = folder.path + "/\(name).db"
            let result = try database.succeed("export", name, "--to", file)
            var expected = whole
            for id in others { expected.books[Int64(id)] = nil }
            #expect(try NaiveClient(reading: file) == expected)
            #expect(result.stderr.contains("\(file) has no active book") == others.contains(3))
        }
    }

    @Test(
        "A file that exists is brought up to date in place: appended, fetched again, switched, nothing removed",
        arguments: TestEngine.allCases)
    func update(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let folder = try ScratchFolder()
        let file = folder.path + "/local.db"
        _ = try Self.export(database, "2", file)
        // The client's own: another table, a further column, an own id, a book of long ago, its own mode.
        try Self.edit(
            file, "CREATE TABLE quotes (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO quotes VALUES (1, 'mine')",
            "ALTER TABLE local_partnumber_books ADD COLUMN synced_at DATETIME",
            "UPDATE local_partnumber_books SET id = 77, synced_at = 'then'",
            "UPDATE local_partnumber_book_items SET book_id = 77",
            """
            INSERT INTO local_partnumber_books (id, server_id, version, created_at, is_active)
            VALUES (5, 99, 'PNBOOK-2020-01-01-001', '2020-01-01 03:00:00+03:00', 1)
            """,
            """
            INSERT INTO local_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn) VALUES (5, 'OLD', 'L', 1)
            """)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let first = try Self.export(database, "all", file)
        #expect(first["update"] == ["appended": 2, "refetched": 0, "unchanged": 1])
        #expect(first["books"]?.elements?.map { $0["id"] } == [1, 3])
        #expect(first["items"] == 32)
        #expect(try NaiveClient(reading: file).without(99) == NaiveClient(pulling: database))
        // The server has no such book any more: it stays, and is not active.
        #expect(try NaiveClient(reading: file).books[99]?.isActive == false)
        #expect(try NaiveClient(reading: file).books[99]?.rows == 1)

        try Self.edit(file, "DELETE FROM local_partnumber_book_items WHERE book_id = 77")
        try database.succeed("activate", "1")
        let second = try Self.export(database, "3", file)
        #expect(second["update"] == ["appended": 0, "refetched": 0, "unchanged": 1])
        #expect(second["active"] == "PNBOOK-2026-11-20-001")
        #expect(try NaiveClient(reading: file).books[2]?.rows == 0)
        let third = try Self.export(database, "all", file)
        #expect(third["update"] == ["appended": 0, "refetched": 1, "unchanged": 2])
        #expect(third["items"] == 26)
        #expect(try NaiveClient(reading: file).without(99) == NaiveClient(pulling: database))
        let last = try database.succeed("export", "all", "--to", file).stdout
        #expect(
            last.hasPrefix(
                "\(file) is up to date: 0 books appended, 0 fetched again, 3 unchanged (0 items written, "))
        let connection = try TestDatabase.sqlite(at: file)
        defer { connection.close() }
        #expect(try connection.rows("SELECT name FROM quotes") { $0.text(0) } == ["mine"])
        #expect(
            try connection.rows("SELECT id FROM local_partnumber_books WHERE synced_at = 'then'") { $0.text(0) }
                == ["77"])
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("The client may be using its file: its journal mode stays, and its reader sees one world or the other")
    func inUse() throws {
        let database = try Self.database(.sqlite)
        let folder = try ScratchFolder()
        for mode in ["wal", "delete"] {
            let file = folder.path + "/\(mode).db"
            _ = try Self.export(database, "1", file)
            let client = try TestDatabase.sqlite(at: file)
            defer { client.close() }
            try client.execute("PRAGMA journal_mode = \(raw: mode)")
            let count: SQL = "SELECT COUNT(*) FROM local_partnumber_books"
            if mode == "wal" { try client.begin(.snapshot) }
            #expect(try client.count(count) == 1)
            _ = try Self.export(database, "all", file)
            if mode == "wal" {
                #expect(try client.count(count) == 1)
                try client.rollback()
            }
            #expect(try client.count(count) == 3)
            #expect(try client.rows("PRAGMA journal_mode") { $0.text(0) } == [mode])
        }
    }

    @Test("A client that is writing for long: exit 75, and nothing is changed")
    func busy() throws {
        let database = try Self.database(.sqlite)
        let folder = try ScratchFolder()
        let file = folder.path + "/local.db"
        _ = try Self.export(database, "1", file)
        let client = try TestDatabase.sqlite(at: file)
        defer { client.close() }
        try client.begin(.write)
        let result = try database.pnbook("export", "all", "--to", file)
        result.expectRefusal(
            75, saying: file, "nothing was changed. Another process holds what is needed; try again later")
        try client.rollback()
        #expect(try NaiveClient(reading: file) == NaiveClient(pulling: database).without(2, 3))
    }

    /// A file that is there and cannot be what is meant.
    enum Wrong: String, CaseIterable, CustomTestStringConvertible {
        case rubbish = "is not a SQLite database, or is damaged"
        case empty = "it has no table local_partnumber_book_items"
        case newer = "it has no lot_name in its table local_partnumber_book_items"
        case older = "it has no is_active in its table local_partnumber_books"
        case another = "holds book 1 as PNBOOK-2019-01-01-001, and here that is PNBOOK-2026-11-20-001"

        var testDescription: String { rawValue }
    }

    @Test("A file that is not QuoteForge's is refused by name and keeps its bytes", arguments: Wrong.allCases)
    func wrong(wrong: Wrong) throws {
        let database = try Self.database(.sqlite)
        let folder = try ScratchFolder()
        let file = folder.path + "/local.db"
        switch wrong {
        case .rubbish: try folder.write(String(repeating: "no database\n", count: 1000), to: "local.db")
        case .empty: try folder.write("", to: "local.db")
        case .newer:
            _ = try Self.export(database, "1", file)
            try Self.edit(
                file, "DROP TABLE local_partnumber_book_items",
                """
                CREATE TABLE local_partnumber_book_items (id INTEGER PRIMARY KEY, book_id INTEGER, partnumber TEXT,
                    lots_json TEXT, is_primary_pn INTEGER, description TEXT)
                """)
        case .older:
            _ = try Self.export(database, "1", file)
            try Self.edit(file, "ALTER TABLE local_partnumber_books RENAME COLUMN is_active TO active")
        case .another:
            _ = try Self.export(database, "1", file)
            try Self.edit(file, "UPDATE local_partnumber_books SET version = 'PNBOOK-2019-01-01-001'")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        for book in ["all", "3"] {
            try database.pnbook("export", book, "--to", file)
                .expectRefusal(
                    wrong == .another ? 14 : 13, saying: file, wrong.rawValue, "name of a file that does not exist yet")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        }
        // The database's own file is none of QuoteForge's either.
        try database.expectUntouched { try database.pnbook("export", "all", "--to", database.path) }
            .expectRefusal(13, saying: "it has no table local_partnumber_book_items")
    }
}
