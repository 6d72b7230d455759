import Database
import Foundation
import Harness
import TestSupport
import Testing

/// SQLite files that hold their texts in UTF-16: the whole program works on them as on others
/// (<doc:BookRules#Text>).
@Suite("SQLite files in UTF-16")
struct UTF16Tests {
    /// Texts whose order in UTF-16 is another than in UTF-8, or that SQLite's own conversion spoils.
    private static let rows = [
        ("PN-1", "LOT"), ("\u{FFEE}1", "L\u{100}"), ("\u{1F529}1", "L"), ("\u{101}", "\u{FFFF}"), ("\u{FFFE}x", "L"),
        ("N\u{0}UL", "L\u{0}"), ("\u{FEFF}x", "\u{FEFF}L"), ("z", "L"), ("Ж", "Ж"), ("\u{E000}", "\u{1F529}"),
    ]

    private static func fill(_ database: TestDatabase) throws -> TestDatabase {
        _ = try RawCatalogue.fill(database)
        for (partnumber, lot) in rows {
            try database.run(
                """
                INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description, is_primary_pn)
                VALUES ('V', \(partnumber), \(lot), \(partnumber), 1), ('V', \(partnumber), \(lot + "2"), NULL, 0)
                """)
        }
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        return database
    }

    @Test("Every verb says the same as of a file in UTF-8", arguments: ["UTF-16le", "UTF-16be"])
    func verbs(encoding: String) throws {
        let (plain, wide) = (try Self.fill(TestDatabase(.sqlite)), try Self.fill(TestDatabase(sqliteIn: encoding)))
        #expect(try wide.rows("PRAGMA encoding") == [[encoding]])
        for arguments in [
            ["list", "--json"], ["diff", "1", "2"], ["explain", "\u{1F529}1", "--every-spelling"],
            ["explain", "n\u{FFFE}"],
            ["explain", "pn-1"], ["verify", "--against-catalogue", "--quiet"], ["prune", "--dry-run"],
            ["create", "--if-changed", "--dry-run", "--now", "2026-11-22T03:00:00Z"],
        ] {
            let (expected, result) = (try plain.pnbook(arguments), try wide.pnbook(arguments))
            #expect(result.stdout == expected.stdout, "\(arguments)")
            #expect(result.code == expected.code, "\(arguments): \(result.stderr)")
        }
        for name in ["active.ndjson", "active.csv"] {
            let files = try [plain, wide].map { database in
                let path = database.folder + "/" + name
                try database.succeed("export", "active", "--to", path)
                return try Data(contentsOf: URL(fileURLWithPath: path))
            }
            #expect(files[0] == files[1] && !files[0].isEmpty)
        }
        #expect(try NaiveClient(pulling: plain) == NaiveClient(pulling: wide))
    }

    @Test("load fills such a file", arguments: ["UTF-16le", "UTF-16be"])
    func load(encoding: String) throws {
        let database = try TestDatabase(sqliteIn: encoding)
        let other = try TestDatabase(.sqlite)
        for database in [database, other] {
            try database.succeed("load", Catalogues.servers)
            try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        }
        #expect(try database.rows("PRAGMA encoding") == [[encoding]])
        let digests = try [database, other].map { try $0.succeed("show", "active", "--json").json["digest"] }
        #expect(digests[0] == digests[1] && digests[0] != nil)
    }

    @Test("A client's file in UTF-16 is brought up to date like another", arguments: ["UTF-16le", "UTF-16be"])
    func clientFile(encoding: String) throws {
        let database = try Self.fill(TestDatabase(.sqlite))
        let client = try TestDatabase(sqliteIn: encoding)
        try client.run(
            """
            CREATE TABLE local_partnumber_books (id INTEGER PRIMARY KEY, server_id INTEGER UNIQUE, version TEXT,
                created_at DATETIME, is_active NUMERIC)
            """,
            """
            CREATE TABLE local_partnumber_book_items (id INTEGER PRIMARY KEY, book_id INTEGER, partnumber TEXT, lot_name TEXT,
                is_primary_pn NUMERIC, description TEXT)
            """)
        try database.succeed("export", "all", "--to", client.path)
        #expect(try NaiveClient(reading: client.path) == NaiveClient(pulling: database))
        #expect(try client.rows("PRAGMA encoding") == [[encoding]])
        let again = try database.succeed("export", "all", "--to", client.path)
        #expect(again.stdout.contains("0 books appended"))
    }

    @Test("A surrogate that is alone makes a text that is none", arguments: ["00D84100", "4100DEDC", "00D8"])
    func surrogates(units: String) throws {
        let database = try RawCatalogue.fill(TestDatabase(sqliteIn: "UTF-16le"))
        try database.run(
            "UPDATE lot_partnumbers SET lot_name = CAST(x'\(raw: units)' AS TEXT) WHERE partnumber = 'PN-1'")
        let result = try database.pnbook("create")
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
        result.expectRefusal(65, saying: "lot_partnumbers", "lot_name", "part number 'PN-1'", "not valid UTF-8")
        try database.pnbook("explain", "PN-2").expectRefusal(65, saying: "part number 'PN-1'")
    }
}
