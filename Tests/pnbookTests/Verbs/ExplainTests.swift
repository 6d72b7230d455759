import Database
import Harness
import TestSupport
import Testing

/// `explain PN`: the rules against naive ones are tested below the command line; here is what it says.
@Suite("explain")
struct ExplainTests {
    private static let catalogue = [
        "lot_partnumbers": """
        vendor,partnumber,lot_name,description
        ,PN-1,KIT,\\N
        HPE, pn-1\u{A0},LOT-9,lower case
        HPE,PN-1,SCREW,from HPE
        Dell,PN-1, ,no LOT
        ,DEMO-1,LOT-1,a demo
        ,GHOST,EMPTY,\\N
        ,BAD,A,\\N

        """,
        "qt_lot_bundles": "bundle_lot_name\nEMPTY\n",
        "qt_lot_bundle_items": """
        bundle_lot_name,lot_name,qty
        KIT,BOARD,1
        KIT,SUB,2
        KIT,SPARE,1
        SUB,SCREW,8
        SPARE,sub,1
        A,B,1
        B,A,1

        """,
        "qt_vendor_partnumber_seen": """
        vendor,partnumber,is_ignored,is_pattern
        ,demo-*,1,1
        ," Demo-1",1,0
        ,PN-1,0,0

        """,
    ]

    /// Without the row that runs in a circle, so that books can be made.
    private static func database(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.loaded(engine, catalogue)
        try database.run("DELETE FROM lot_partnumbers WHERE partnumber = 'BAD'")
        try database.succeed("create", "--now", "2026-11-20T03:00:00Z")
        return database
    }

    @Test(
        "Each row with what became of it, the items with whose they are, and the books", arguments: TestEngine.allCases)
    func text(engine: TestEngine) throws {
        let database = try Self.database(engine)
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.run("UPDATE lot_partnumbers SET description = 'new' WHERE vendor = '' AND partnumber = 'PN-1'")
        try database.succeed("create", "--now", "2026-11-22T03:00:00Z")
        let result = try database.expectUntouched { try database.succeed("explain", "\tPN-1") }
        #expect(
            result.stdout == """
                Part number '\\u{9}PN-1': 4 rows of the catalogue.

                  row 1: vendor '', part number 'PN-1', LOT 'KIT', primary, description 'new'
                    kept: its LOT is a bundle of 2 LOTs and loses a quantity
                      'BOARD'
                      'SPARE', a bundle:
                        'sub', a bundle:
                          'SCREW' x 8, which a book cannot hold
                      'SUB' x 2, which a book cannot hold, a bundle listed above

                  row 2: vendor 'Dell', part number 'PN-1', LOT ' ', primary, description 'no LOT'
                    left out, empty_lot: it has no LOT

                  row 3: vendor 'HPE', part number ' pn-1\\u{a0}', LOT 'LOT-9', primary, description 'lower case'
                    kept

                  row 4: vendor 'HPE', part number 'PN-1', LOT 'SCREW', primary, description 'from HPE'
                    kept

                A book made now would have 3 items of it:
                  'PN-1'  'BOARD'  primary  'new'         from row 1
                  'PN-1'  'SCREW'  primary  'new'         from row 1; merged into it: 4
                  'pn-1'  'LOT-9'  primary  'lower case'  from row 3
                  Its rows disagree on the LOTs of 'PN-1'; the book has them all (a conflict).

                In the books, newest first (looked up in 2 spellings):

                  PNBOOK-2026-11-22-001, active:
                    'PN-1'  'BOARD'  primary  'new'
                    'PN-1'  'SCREW'  primary  'new'
                    'pn-1'  'LOT-9'  primary  'lower case'

                  PNBOOK-2026-11-20-001 to PNBOOK-2026-11-21-001, 2 books:
                    'PN-1'  'BOARD'  primary  no description
                    'PN-1'  'SCREW'  primary  'from HPE'
                    'pn-1'  'LOT-9'  primary  'lower case'

                """)
        let document = try database.succeed("explain", "PN-1", "--json").json
        let second = try #require(document["catalogue"]?["items"]?[1])
        #expect(second["rows"] == [1, 4] && second["description_row"] == 1)
        #expect(document["catalogue"]?["conflicts"] == ["PN-1"])
        #expect(
            document["catalogue"]?["rows"]?.elements?.map { $0["outcome"] } == ["kept", "empty_lot", "kept", "kept"])
        #expect(
            document["catalogue"]?["rows"]?[0]?["bundle"]?["components"]?[1] == [
                "depth": 1, "lot_name": "SPARE", "qty": 1, "is_bundle": true, "is_repeated": false,
            ])
        #expect(
            document["books"]?["runs"]?.elements?.map { $0["books"]?.elements?.map { $0["id"] } } == [[3], [2, 1]])
    }

    @Test("A row that is left out names what did it", arguments: TestEngine.allCases)
    func leftOut(engine: TestEngine) throws {
        let database = try Self.database(engine)
        let ignored = try database.succeed("explain", "DEMO-1").stdout
        #expect(
            ignored.contains(
                "left out, ignored: qt_vendor_partnumber_seen ignores it by ' Demo-1', the pattern 'demo-*'\n"))
        #expect(
            ignored.contains(
                "A book made now would not have it.\n\nIt is in no book: 1 book, looked up in 2 spellings."))
        let rules = try database.succeed("explain", "DEMO-1", "--json").json["catalogue"]?["rows"]?[0]?["ignored_by"]
        #expect(
            rules == [["partnumber": " Demo-1", "is_pattern": false], ["partnumber": "demo-*", "is_pattern": true]])
        #expect(
            try database.succeed("explain", "ghost").stdout.contains(
                "left out, empty_bundle: its LOT is a bundle without any LOT"))
    }

    @Test("A row of which no book can be made says why", arguments: TestEngine.allCases)
    func refused(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Self.catalogue)
        let text = try database.expectUntouched { try database.succeed("explain", "BAD").stdout }
        #expect(text.contains("refused: bundles contain one another: A → B → A"))
        #expect(text.contains("      'B', a bundle:\n        'A', a bundle listed above\n"))
        #expect(text.contains("No book can be made of the catalogue as it is.\n\nThere are no books yet.\n"))
        // The others are explained all the same.
        #expect(try database.succeed("explain", "pn-1").stdout.contains("A book made now would have 3 items of it:"))
    }

    @Test("A part number that is nowhere is an answer, and exits 0", arguments: TestEngine.allCases)
    func nowhere(engine: TestEngine) throws {
        let database = try Self.database(engine)
        #expect(
            try database.succeed("explain", "PN-2").stdout == """
                Part number 'PN-2' is in no row of the catalogue.

                It is in no book: 1 book, looked up in 2 spellings.

                """)
        let document = try database.succeed("explain", "PN-2", "--json").json
        #expect(document["catalogue"] == ["rows": [], "items": [], "conflicts": []])
        #expect(try database.pnbook("explain").code == 64)
    }

    @Test("A spelling of which nobody thinks is found by reading the books whole", arguments: TestEngine.allCases)
    func everySpelling(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.mappings(",Pn-1,LOT"))
        try database.run("DELETE FROM lot_partnumbers")
        #expect(try database.succeed("explain", "PN-1").stdout.contains("It is in no book: 1 book, looked up in 2"))
        let whole = try database.succeed("explain", "PN-1", "--every-spelling").stdout
        #expect(whole.contains("PNBOOK-2026-11-20-001, active:\n    'Pn-1'  'LOT'  primary  no description\n"))
    }

    @Test("Composed and decomposed letters are found, and told apart", arguments: TestEngine.allCases)
    func normalForms(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.mappings(",CAF\u{C9},LOT-1\n,Cafe\u{301},LOT-2"))
        for typed in ["caf\u{E9}", "CAFE\u{301}"] {
            let document = try database.succeed("explain", typed, "--json").json
            #expect(
                document["books"]?["runs"]?[0]?["items"]?.elements?.map { $0["lot_name"] } == ["LOT-1", "LOT-2"])
        }
        #expect(try database.succeed("explain", "caf\u{E9}").stdout.contains("'Cafe\\u{301}'  'LOT-2'"))
    }

    @Test("Before 026 and before 028 it works with what there is", arguments: TestEngine.allCases)
    func older(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 1))
        #expect(try database.succeed("explain", "pn-1").stdout.hasSuffix("There are no books yet.\n"))
        try database.succeed("create", "--migrate")
        try database.run("ALTER TABLE qt_partnumber_book_items DROP COLUMN description")
        #expect(try database.succeed("explain", "pn-1").stdout.contains("'PN-1'  'LOT-1'  primary  no description"))
        let empty = try TestDatabase(engine)
        try empty.connect().close()
        try empty.pnbook("explain", "PN-1").expectRefusal(13, saying: "lot_partnumbers", "pnbook load DIR")
    }
}
