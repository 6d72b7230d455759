import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `load`: a catalogue from CSV files (<doc:CatalogueFiles>), the same on both engines.
@Suite("load")
struct LoadTests {
    private static let mappings: SQL = """
        SELECT vendor, partnumber, lot_name, description FROM lot_partnumbers ORDER BY partnumber
        """

    /// One catalogue file's bytes, and the rows that there are afterwards.
    private static func load(_ bytes: String, _ engine: TestEngine, then query: SQL = mappings) throws -> [[String]] {
        let folder = try ScratchFolder()
        try folder.write(bytes, to: "lot_partnumbers.csv")
        let database = try TestDatabase(engine)
        try database.succeed("load", folder.path)
        return try database.rows(query)
    }

    @Test("Quoted line breaks, doubled quotes, commas and blanks arrive as they are", arguments: TestEngine.allCases)
    func quoting(engine: TestEngine) throws {
        let rows = try Self.load(
            """
            partnumber,lot_name,description
            A,"L,1","one
            two\r
            three"
            B,"L ""2""\","\"\""
            C, L3 ,"  "
            D,L4,it's \\ % _ \t;

            """, engine)
        #expect(
            rows == [
                ["", "A", "L,1", "one\ntwo\r\nthree"], ["", "B", "L \"2\"", "\""], ["", "C", " L3 ", "  "],
                ["", "D", "L4", "it's \\ % _ \t;"],
            ])
    }

    @Test(
        "CRLF, a byte order mark, empty lines and a missing last line end make no difference",
        arguments: TestEngine.allCases)
    func lineEnds(engine: TestEngine) throws {
        let expected = [["V", "A", "L1", "x"], ["V", "B", "L2", "y"]]
        let plain = "vendor,partnumber,lot_name,description\nV,A,L1,x\nV,B,L2,y\n"
        let faces = [
            plain, plain.replacing("\n", with: "\r\n"), "\u{FEFF}" + plain, String(plain.dropLast()),
            "\n\r\n" + plain.replacing("\n", with: "\n\n\r\n"), "\u{FEFF}\r\n" + plain.replacing("\n", with: "\r\n"),
            "\"vendor\",\"partnumber\",lot_name,\"description\"\r\n\"V\",\"A\",\"L1\",\"x\"\n\"V\",B,L2,\"y\"",
        ]
        for face in faces { #expect(try Self.load(face, engine) == expected, "\(face.debugDescription)") }
    }

    @Test("An unquoted \\N is NULL and nothing else is", arguments: TestEngine.allCases)
    func null(engine: TestEngine) throws {
        let text = """
            partnumber,lot_name,description
            A,\\N,\\N
            B,"\\N","\\N"
            C,\\n,\\N\u{20}
            D,,NULL
            "\\N",L,""

            """
        #expect(
            try Self.load(text, engine) == [
                ["", "A", "NULL", "NULL"], ["", "B", "\\N", "\\N"], ["", "C", "\\n", "\\N "], ["", "D", "", "NULL"],
                ["", "\\N", "L", ""],
            ])
        let nulls: SQL = "SELECT partnumber FROM lot_partnumbers WHERE lot_name IS NULL OR description IS NULL"
        #expect(try Self.load(text, engine, then: nulls) == [["A"]])
    }

    @Test("Columns come in any order, and those left out have their defaults", arguments: TestEngine.allCases)
    func columnOrder(engine: TestEngine) throws {
        #expect(
            try Self.load("description,lot_name,partnumber,vendor\nx,L1,A,V\n", engine) == [["V", "A", "L1", "x"]])
        #expect(try Self.load("lot_name,partnumber\nL1,A\n", engine) == [["", "A", "L1", "NULL"]])
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 1))
        try folder.writeCatalogue([
            "qt_lot_bundle_items": "lot_name,bundle_lot_name\nB,A\n",
            "qt_vendor_partnumber_seen": "is_ignored,partnumber\n1,X\n", "lot": "lot_name\nL\n",
        ])
        let database = try TestDatabase(engine)
        try database.succeed("load", folder.path)
        #expect(
            try database.rows("SELECT bundle_lot_name, lot_name, qty + 0 = 1 FROM qt_lot_bundle_items") == [
                ["A", "B", "1"]
            ])
        #expect(
            try database.rows("SELECT partnumber, vendor, is_ignored, is_pattern FROM qt_vendor_partnumber_seen")
                == [["X", "", "1", "0"]])
        #expect(try database.rows("SELECT lot_name, lot_description FROM lot") == [["L", "NULL"]])
    }

    @Test(
        "Letters, emoji and combining marks arrive byte for byte at their full length", arguments: TestEngine.allCases)
    func unicode(engine: TestEngine) throws {
        let longest = String(repeating: "😀", count: 255)
        let description = String(repeating: "Ж", count: 10_000)
        let composed = ["e\u{301}", "\u{E9}", "\u{301}start", "ﬀ", "İ"]
        let lines = composed.enumerated().map { "P\($0.offset),\($0.element),x\n" }.joined()
        let rows = try Self.load(
            "partnumber,lot_name,description\n\(longest),\(longest),\(description)\n" + lines, engine)
        #expect(rows.count == 6)
        for (index, text) in composed.enumerated() {
            #expect(rows[index][2].unicodeScalars.elementsEqual(text.unicodeScalars))
        }
        #expect(rows[5] == ["", longest, longest, description])
    }

    @Test("The fixture of CSV faces makes the expected book", arguments: TestEngine.allCases)
    func fixture(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.rule("13-csv"))
        let document = try database.succeed("create", "--migrate", "--json").json
        #expect(document["book"]?["digest"] == (try Catalogues.expectation(of: Catalogues.rule("13-csv"))["digest"]))
    }

    @Test("It tells what it loaded and which tables it made", arguments: TestEngine.allCases)
    func result(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let tables = ["lot", "lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen"]
        let loaded: JSON = [
            ["table": "lot", "rows": 110], ["table": "lot_partnumbers", "rows": 403],
            ["table": "qt_lot_bundles", "rows": 17], ["table": "qt_lot_bundle_items", "rows": 64],
            ["table": "qt_vendor_partnumber_seen", "rows": 20],
        ]
        let first = try database.succeed("load", Catalogues.servers, "--json")
        #expect(try first.json["task"]?["status"] == "completed")
        #expect(
            try first.json.without("task") == [
                "schema": 1, "error": .null, "tables_made": .array(tables.map(JSON.string)), "loaded": loaded,
            ])
        #expect(first.stderr == "")
        let second = try database.succeed("load", Catalogues.servers, "--replace", "--json")
        #expect(
            try second.json.without("task") == ["schema": 1, "error": .null, "tables_made": [], "loaded": loaded])
        let text = try database.succeed("load", Catalogues.servers, "--replace").stdout
        #expect(text.contains(database.schemaOrPath))
        #expect(text.contains("  403  lot_partnumbers\n"))
        let task = try #require(try database.tasks().first)
        #expect(task["type"] == "catalogue_load")
        #expect(task["message"] == "614 rows loaded")
    }

    @Test("--replace puts the whole catalogue in place of the old one, and books stay", arguments: TestEngine.allCases)
    func replace(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.succeed("load", Catalogues.servers)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        let books = try database.contents().rows(of: "qt_partnumber_book_items")
        try database.load(Catalogues.plain(parts: 2))
        #expect(
            try database.rows("SELECT partnumber FROM lot_partnumbers ORDER BY partnumber") == [["PN-1"], ["PN-2"]])
        for table in ["qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen", "lot"] {
            #expect(try database.rows("SELECT COUNT(*) FROM \(identifier: table)") == [["0"]])
        }
        #expect(try database.contents().rows(of: "qt_partnumber_book_items") == books)
        #expect(books.count == 546)
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
    }

    @Test("An empty catalogue that exists takes its rows without --replace", arguments: TestEngine.allCases)
    func emptyCatalogue(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.mappings(""))
        try database.succeed("load", Catalogues.servers)
        #expect(try database.rows("SELECT COUNT(*) FROM lot_partnumbers") == [["403"]])
    }

    @Test("--migrate lets is_primary_pn in, and the book has it", arguments: TestEngine.allCases)
    func primaryFlag(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        let folder = try ScratchFolder()
        try folder.writeCatalogue([
            "lot_partnumbers": "partnumber,lot_name,is_primary_pn\nA,L1,0\nB,L2,1\n"
        ])
        try database.succeed("load", folder.path, "--migrate")
        #expect(try database.pnbook("migrate", "status").code == 0)
        try database.succeed("create")
        #expect(
            try database.rows("SELECT partnumber, is_primary_pn FROM qt_partnumber_book_items ORDER BY partnumber")
                == [["A", "0"], ["B", "1"]])
    }

    @Test("Tables of another shape, with further columns, take the rows", arguments: TestEngine.allCases)
    func otherShape(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.run(
            """
            CREATE TABLE lot_partnumbers (brand VARCHAR(20) NOT NULL DEFAULT 'none', description VARCHAR(400) NULL,
                LOT_NAME CHAR(100) NULL, vendor VARCHAR(50) NOT NULL, partnumber VARCHAR(50) NOT NULL,
                PRIMARY KEY (vendor, partnumber))
            """)
        try database.load(Catalogues.plain(parts: 2))
        #expect(
            try database.rows("SELECT brand, vendor, partnumber, lot_name FROM lot_partnumbers ORDER BY partnumber")
                == [["none", "", "PN-1", "LOT-1"], ["none", "", "PN-2", "LOT-2"]])
    }

    @Test(
        "A quantity that MariaDB would round or refuse is refused with its place on both engines",
        arguments: TestEngine.allCases, ["1.00001", "-10000000000000000"])
    func quantityRange(engine: TestEngine, quantity: String) throws {
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 1))
        try folder.writeCatalogue(["qt_lot_bundle_items": "bundle_lot_name,lot_name,qty\nA,B,2\nA,C,\(quantity)\n"])
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 2))
        let result = try database.expectUntouched { try database.pnbook("load", folder.path, "--replace") }
        result.expectRefusal(65, saying: "qt_lot_bundle_items.csv, line 3, column 5: qty is '\(quantity)'")
    }
}
