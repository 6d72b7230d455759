import Database
import Foundation
import Harness
import TestSupport
import Testing

@testable import PartnumberBooks

/// `export BOOK --to FILE.xlsx`, read back by a reader of the tests' own. `Tests/spreadsheet` opens it in LibreOffice.
@Suite("export to a workbook")
struct ExportWorkbookTests {
    private static let header = ["partnumber", "lot_name", "is_primary_pn", "description"]

    private static func read(_ path: String) throws -> WorkbookFile {
        try WorkbookFile([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    /// The items of a workbook's sheets, each of which has the header.
    private static func items(_ workbook: WorkbookFile) throws -> [NaiveClient.Item] {
        try workbook.sheets.flatMap { rows in
            #expect(rows.first?.map { $0?.text } == header)
            return try rows.dropFirst().map { row in
                #expect(row.allSatisfy { $0?.isTextStyle != false })
                let texts = try row.prefix(3).map { try #require($0).text }
                #expect(["0", "1"].contains(texts[2]))
                return NaiveClient.Item(texts[0], texts[1], texts[2] == "1", row[3]?.text)
            }
        }
    }

    @Test("Hostile texts come back as they were", arguments: TestEngine.allCases, [1, 2, 3] as [UInt64])
    func hostile(engine: TestEngine, seed: UInt64) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let expected = try HostileBook.insert(400, seed: seed, into: database)
        let folder = try ScratchFolder()
        let file = folder.path + "/book.xlsx"
        let document = try database.succeed("export", "2", "--to", file, "--json").json
        #expect(document["format"] == "xlsx" && document["items"] == 400)
        let workbook = try Self.read(file)
        #expect(workbook.sheetNames == ["PNBOOK-2026-11-21-666"])
        #expect(Set(try Self.items(workbook)) == expected)
    }

    @Test("What a spreadsheet would take for something else is a text, as it is")
    func texts() throws {
        let partnumbers = [
            "06200949", "1E5", "=1+1", "1-2", "TRUE", "00123450", "+1", "-1", "@A1", "12345678901234567890", "1,5",
            "1.5",
            "10:30", "3/4", "_x0041_", "_x000d_", "__x0041_x", "_x41_", "_xa\u{1F}b", "_xy_", "a<b>&c", "Кириллица",
            "'quoted", "\"", "ЛОЖЬ",
        ]
        let lines = partnumbers.map { ",\"\($0.replacing("\"", with: "\"\""))\",\"L\"" }
        let database = try TestDatabase.withBook(.sqlite, Catalogues.mappings(lines.joined(separator: "\n")))
        let file = database.folder + "/book.xlsx"
        try database.succeed("export", "active", "--to", file)
        let workbook = try Self.read(file)
        #expect(
            Set(try Self.items(workbook).map { String(decoding: $0.partnumber, as: UTF8.self) }) == Set(partnumbers))
        let sheet = String(decoding: try #require(workbook.files["xl/worksheets/sheet1.xml"]), as: UTF8.self)
        #expect(
            sheet.contains(">_x005F_x0041_<") && sheet.contains(">__x005F_x0041_x<") && sheet.contains(">_x005F_x41_<")
                && sheet.contains(">_xy_<"))
        #expect(sheet.contains(#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#))
        let styles = String(decoding: try #require(workbook.files["xl/styles.xml"]), as: UTF8.self)
        #expect(styles.contains(#"<xf numFmtId="49""#), "format @: what is typed stays a text")
    }

    @Test("A full sheet is followed by another, with a header of its own")
    func sheets() throws {
        let file = Locked<[UInt8]>([])
        var workbook = try Workbook("V 1", limits: .init(rows: 4)) { piece in file.withLock { $0 += piece } }
        for number in 1...7 {
            let texts = ["PN-\(number)", "L"].map { Array($0.utf8) }
            try texts[0].withUnsafeBytes { partnumber in
                try texts[1].withUnsafeBytes { lot in
                    try workbook.append(
                        BookItem(partnumber: partnumber, lot: lot, isPrimary: true, description: nil))
                }
            }
        }
        try workbook.finish()
        let read = try WorkbookFile(file.withLock { $0 })
        #expect(read.sheets.map(\.count) == [4, 4, 2])
        #expect(read.sheetNames == ["book", "book (2)", "book (3)"], "a blank is not in our versions")
        #expect(
            try Self.items(read).map { String(decoding: $0.partnumber, as: UTF8.self) } == (1...7).map { "PN-\($0)" })
    }

    @Test("A sheet is named for its book where that is a name for a sheet")
    func names() {
        #expect(Workbook.name("PNBOOK-2026-11-20-001", 1) == "PNBOOK-2026-11-20-001")
        #expect(Workbook.name("PNBOOK-2026-11-20-001", 12) == "PNBOOK-2026-11-20-001 (12)")
        #expect(Workbook.name(String(repeating: "a", count: 29), 2) == "book (2)")
        for version in ["", "a/b", "[x]", "a:b", "Книга", "a'b", "<&>"] { #expect(Workbook.name(version, 1) == "book") }
    }

    @Test("A text that no cell holds is refused, counted as a spreadsheet counts")
    func tooLong() throws {
        for (text, length) in [
            (String(repeating: "a", count: 32_767), nil), (String(repeating: "a", count: 32_768), 32_768),
            (String(repeating: "я", count: 32_767), nil), (String(repeating: "я", count: 32_768), 32_768),
            (String(repeating: "😀", count: 16_383) + "x", nil), (String(repeating: "😀", count: 16_384), 32_768),
        ] as [(String, Int?)] {
            var workbook = try Workbook("V", to: { _ in })
            let expected = length.map {
                WorkbookError.cellTooLong(partnumber: "'PN'", column: "description", length: $0)
            }
            let texts = ["PN", text].map { Array($0.utf8) }
            var refusal: WorkbookError?
            do {
                try texts[0].withUnsafeBytes { name in
                    try texts[1].withUnsafeBytes { description in
                        try workbook.append(
                            BookItem(partnumber: name, lot: name, isPrimary: true, description: description))
                    }
                }
            } catch let error as WorkbookError {
                refusal = error
            }
            #expect(refusal == expected)
        }
    }

    @Test("An earlier workbook is replaced, and no other file")
    func replaced() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        let folder = try ScratchFolder()
        let file = folder.path + "/book.xlsx"
        for _ in 1...2 { #expect(try database.pnbook("export", "active", "--to", file).code == 0) }
        let ours = try Data(contentsOf: URL(fileURLWithPath: file))
        // As a program leaves it that has saved it.
        let saved = ours.prefix(30) + Data("[Content_Types].xml".utf8) + ours.dropFirst(400)
        for foreign in [Data("PK\u{3}\u{4}".utf8), saved, Data("partnumber,lot_name\r\n".utf8)] {
            try foreign.write(to: URL(fileURLWithPath: file))
            try database.pnbook("export", "active", "--to", file).expectRefusal(
                74, saying: "is not an export of pnbook's")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == foreign)
        }
        #expect(try database.pnbook("export", "active", "--to", file, "--replace").code == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == ours)
    }
}
