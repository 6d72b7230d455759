import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: catalogue files that cannot be read or are malformed. File, line and column are named.
@Suite("Bad input: CSV")
struct BadCSVTests {
    static let files: [MalformedFile] = [
        .init("empty file", "", at: "line 1, column 1", "the file is empty"),
        .init("blank lines only", "\n\r\n\n", at: "line 1, column 1", "the file is empty"),
        .init("unknown column", "partnumber,lot_name,colour\n", at: "line 1, column 21", "'colour' is not a column"),
        .init("column in capitals", "PARTNUMBER,lot_name\n", at: "line 1, column 1", "'PARTNUMBER' is not a column"),
        .init("blank in the header", "partnumber, lot_name\n", at: "line 1, column 12", "' lot_name' is not a column"),
        .init("column twice", "partnumber,lot_name,partnumber\n", at: "line 1, column 21", "partnumber appears twice"),
        .init("column missing", "partnumber,description\n", at: "line 1, column 1", "the column lot_name is missing"),
        .init(
            "semicolons", "partnumber;lot_name\nA;B\n", at: "line 1, column 1", "'partnumber;lot_name' is not a column"),
        .init(
            "too few fields", "partnumber,lot_name\nA,B\nC\n", at: "line 3, column 1",
            "has 1 fields, and the header names 2"),
        .init(
            "too many fields", "partnumber,lot_name\nA,B,C\n", at: "line 2, column 5",
            "has 3 fields, and the header names 2"),
        .init("quote inside", "partnumber,lot_name\nA,B\"C\n", at: "line 2, column 4", "a quote in the middle"),
        .init(
            "text after quote", "partnumber,lot_name\n\"A\"x,B\n", at: "line 2, column 4",
            "text after the closing quote"),
        .init("quote never closed", "partnumber,lot_name\nA,B\nC,\"D\nE,F\n", at: "line 3, column 3", "quote"),
        .init("lone carriage return", "partnumber,lot_name\nA,B\rC,D\n", at: "line 2, column 4", "carriage return"),
        .init("NUL", "partnumber,lot_name\nA,B\u{0}\n", at: "line 2, column 3", "NUL"),
        .init("NULL part number", "partnumber,lot_name\n\\N,B\n", at: "line 2, column 1", "partnumber is NULL"),
        .init("NULL vendor", "vendor,partnumber,lot_name\n\\N,A,B\n", at: "line 2, column 1", "vendor is NULL"),
        .init(
            "part number too long", "partnumber,lot_name\nЖ,\n\(String(repeating: "Ж", count: 256)),B\n",
            at: "line 3, column 1", "partnumber has 256 characters, and 255 fit"),
        .init(
            "description too long", "partnumber,lot_name,description\nA,B,\(String(repeating: "x", count: 10_001))\n",
            at: "line 2, column 5", "description has 10001 characters, and 10000 fit"),
        .init(
            "flag", "partnumber,lot_name,is_primary_pn\nA,B,yes\n", at: "line 2, column 5",
            "is 'yes' and must be 0 or 1"),
        .init(
            "place after a quoted line break", "partnumber,lot_name,description\nA,B,\"one\ntwo\"\nC,\"D\"\"\n\",x,y\n",
            at: "line 5, column 5", "has 4 fields, and the header names 3"),
        .init(
            "columns count characters, not bytes", "partnumber,lot_name\nЖЖ😀,\"D\"x\n", at: "line 2, column 8",
            "text after the closing quote"),
        .init(
            "quantity", table: "qt_lot_bundle_items", "bundle_lot_name,lot_name,qty\nA,B,1\nA,C,two\n",
            at: "line 3, column 5", "qty is 'two' and must be a number"),
        .init(
            "quantity of nothing", table: "qt_lot_bundle_items", "bundle_lot_name,lot_name,qty\nA,B,\n",
            at: "line 2, column 5", "qty is '' and must be a number"),
        .init(
            "ignored flag missing", table: "qt_vendor_partnumber_seen", "partnumber\nA\n", at: "line 1, column 1",
            "the column is_ignored is missing"),
    ]

    @Test("A malformed file exits 65 with file, line and column, and nothing is loaded", arguments: files)
    func malformed(_ bad: MalformedFile) throws {
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.plain(parts: 2))
        try folder.writeCatalogue([bad.table: bad.text])
        for engine in TestEngine.allCases {
            let database = try TestDatabase(engine)
            try database.load(Catalogues.plain(parts: 3))
            let result = try database.expectUntouched { try database.pnbook("load", folder.path, "--replace") }
            result.expectRefusal(65, saying: "\(bad.table).csv, \(bad.place): ", bad.problem)
        }
    }

    @Test("Text that is not UTF-8 exits 65 with its place")
    func encoding() throws {
        let folder = try ScratchFolder()
        try folder.write(
            Data("partnumber,lot_name\nA,B\nC,\u{44}".utf8) + Data([0xC4, 0x0A]), to: "lot_partnumbers.csv")
        let result = try RunProgram(["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"]).run()
        result.expectRefusal(65, saying: "lot_partnumbers.csv, line 3, column 3: ", "not UTF-8", "convert")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/new.db"))
    }

    @Test(
        "UTF-16 and UTF-32 are named, and the command that is given converts the file",
        arguments: ["UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"])
    func wideEncodings(encoding: String) throws {
        let folder = try ScratchFolder()
        let place = folder.path + "/it's here"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        let plain = try folder.write("partnumber,lot_name\nPN-Ж,LOT\n", to: "plain")
        let shell = { (command: String) in
            let result = try ChildRun.run(["/bin/sh", "-c", command])
            #expect(result.code == 0, "\(command): \(result.stderr)")
        }
        try shell("iconv -f UTF-8 -t \(encoding) '\(plain)' > \"\(place)/lot_partnumbers.csv\"")
        let database = try TestDatabase(.sqlite)
        let refused = try database.pnbook("load", place)
        refused.expectRefusal(
            65, saying: "lot_partnumbers.csv, line 1, column 1: the file is \(encoding.prefix(6))", "not UTF-8")
        let command = try #require(refused.stderr.firstMatch(of: #/iconv [^\n]*/#)?.output)
        try shell(String(command))
        #expect(try database.pnbook("load", place).code == 0)
        #expect(try database.rows("SELECT partnumber, lot_name FROM lot_partnumbers") == [["PN-Ж", "LOT"]])
    }

    @Test("A NUL that comes by itself is no sign of another encoding")
    func loneNUL() throws {
        let folder = try ScratchFolder()
        try folder.writeCatalogue(["lot_partnumbers": "p\u{0}artnumber,lot_name\nA,B\n"])
        try RunProgram(["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"]).run()
            .expectRefusal(65, saying: "line 1, column 1: ", "a NUL character")
    }

    @Test("A folder that is missing, unreadable or no folder exits 65 and is named")
    func unreadableFolder() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("", to: "file")
        let closed = folder.path + "/closed"
        try FileManager.default.createDirectory(
            atPath: closed, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o000])
        for path in [folder.path + "/none", file, closed] {
            var program = RunProgram(["load", path, "--database", "sqlite:\(folder.path)/new.db"])
            program.heedsFileModes = true
            try program.run().expectRefusal(65, saying: "cannot read \(path)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/new.db"))
    }

    @Test("A file that this user may not read exits 65 with its path and the reason")
    func unreadableFile() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("partnumber,lot_name\n", to: "lot_partnumbers.csv", mode: 0o000)
        var program = RunProgram(["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"])
        program.heedsFileModes = true
        try program.run().expectRefusal(65, saying: "cannot read \(file)", "Permission denied")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/new.db"))
    }

    @Test("A folder in a file's place exits 65")
    func folderForFile() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/lot_partnumbers.csv"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try RunProgram(["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"]).run()
            .expectRefusal(65, saying: "lot_partnumbers.csv", "Is a directory")
    }

    @Test("A folder without lot_partnumbers.csv, and one with a misspelt file, exit 65")
    func wrongFiles() throws {
        let folder = try ScratchFolder()
        let arguments = ["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"]
        try RunProgram(arguments).run().expectRefusal(65, saying: "\(folder.path)/lot_partnumbers.csv does not exist")
        try folder.writeCatalogue(Catalogues.plain(parts: 1))
        try folder.writeCatalogue(["qt_lot_bundle": "bundle_lot_name\nA\n"])
        try RunProgram(arguments).run()
            .expectRefusal(
                65, saying: "qt_lot_bundle.csv is not the file of a source table", "qt_lot_bundles.csv",
                "Rename or remove it")
    }

    @Test("A filled catalogue is not loaded over without --replace", arguments: TestEngine.allCases)
    func filledCatalogue(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let result = try database.expectUntouched { try database.pnbook("load", Catalogues.servers) }
        result.expectRefusal(
            65, saying: database.schemaOrPath, "already has rows (lot_partnumbers)", "--replace")
    }

    @Test(
        "A key that appears twice names the second line on both engines", arguments: TestEngine.allCases, [true, false])
    func duplicateKey(engine: TestEngine, isFarDown: Bool) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        // Far down, the row is not in the first batch that goes to the database.
        let count = isFarDown ? 5000 : 4
        let lines = (1...count).map { ",PN-\($0),LOT" } + [",PN-2,LOT", ",PN-X,LOT"]
        let folder = try ScratchFolder()
        try folder.writeCatalogue(Catalogues.mappings(lines.joined(separator: "\n")))
        let result = try database.expectNoChange { try database.pnbook("load", folder.path, "--replace") }
        result.expectRefusal(
            65, saying: "lot_partnumbers.csv, line \(count + 2): the database refuses the row")
        #expect(try database.rows("SELECT COUNT(*) FROM lot_partnumbers") == [["3"]])
        #expect(try database.tasks(ofStatus: "failed").map { $0["type"] } == ["catalogue_load"])
    }

    @Test("is_primary_pn before 026 exits 65 and points at --migrate", arguments: TestEngine.allCases)
    func primaryFlagTooEarly(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 1))
        let folder = try ScratchFolder()
        try folder.writeCatalogue(["lot_partnumbers": "partnumber,lot_name,is_primary_pn\nA,B,1\n"])
        let result = try database.expectNoChange { try database.pnbook("load", folder.path, "--replace") }
        result.expectRefusal(
            65, saying: "lot_partnumbers.csv, line 1, column 21: ", "has no column is_primary_pn", "--migrate")
    }
}

/// One malformed catalogue file, and what must be said of it.
struct MalformedFile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let table: String
    let text: String
    let place: String
    let problem: String

    init(
        _ title: String, table: String = "lot_partnumbers", _ text: String, at place: String, _ problem: String
    ) {
        testDescription = title
        self.table = table
        self.text = text
        self.place = place
        self.problem = problem
    }
}
