import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `export BOOK --to FILE.csv|.ndjson`, read back by readers of the tests' own.
@Suite("export to CSV and NDJSON")
struct ExportTextTests {
    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The items of a CSV file.
    ///
    /// - Parameter isPlain: without apostrophes to take away.
    private static func items(inCSV path: String, isPlain: Bool) throws -> [NaiveClient.Item] {
        var records = try StrictCSV(try bytes(path)).records
        try #require(!records.isEmpty)
        #expect(
            records.removeFirst().map(\.text) == ["partnumber", "lot_name", "is_primary_pn", "description"])
        return try records.map { record in
            try #require(record.count == 4)
            let texts = record.map { field in
                if isPlain { return field.text }
                let first = field.text.unicodeScalars.first
                // Nothing that a spreadsheet would run begins a cell.
                #expect(
                    first.map { !"=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } != false)
                return first == "'" ? String(field.text.unicodeScalars.dropFirst()) : field.text
            }
            #expect(["0", "1"].contains(texts[2]))
            let hasDescription = !record[3].bytes.isEmpty || record[3].isQuoted
            return NaiveClient.Item(texts[0], texts[1], texts[2] == "1", hasDescription ? texts[3] : nil)
        }
    }

    private struct Line: Decodable {
        let partnumber: String
        let lotName: String
        let isPrimaryPn: Bool
        let description: String?
    }

    private static func items(inNDJSON path: String) throws -> [NaiveClient.Item] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = try bytes(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        return try lines.dropLast().map { bytes in
            #expect(try JSON(parsing: String(decoding: bytes, as: UTF8.self)).names?.count == 4, "null is said")
            let line = try decoder.decode(Line.self, from: Data(bytes))
            return NaiveClient.Item(line.partnumber, line.lotName, line.isPrimaryPn, line.description)
        }
    }

    @Test(
        "Hostile texts come back as they were, from all three forms", arguments: TestEngine.allCases,
        [1, 2, 3] as [UInt64])
    func hostile(engine: TestEngine, seed: UInt64) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 1))
        let expected = try HostileBook.insert(400, seed: seed, into: database)
        let folder = try ScratchFolder()
        let digest = try database.succeed("show", "2", "--json").json["digest"]
        for (name, flags) in [("safe.csv", []), ("plain.csv", ["--plain"]), ("book.ndjson", [])] {
            let file = folder.path + "/" + name
            let result = try database.expectUntouched {
                try database.pnbook(["export", "2", "--to", file, "--json"] + flags)
            }
            try #require(result.code == 0, "\(result.stderr)")
            let items =
                name.hasSuffix(".csv")
                ? try Self.items(inCSV: file, isPlain: !flags.isEmpty) : try Self.items(inNDJSON: file)
            #expect(Set(items) == expected)
            let inOrder = items.sorted { left, right in
                left.partnumber == right.partnumber
                    ? left.lot.lexicographicallyPrecedes(right.lot)
                    : left.partnumber.lexicographicallyPrecedes(right.partnumber)
            }
            #expect(items == inOrder, "the book's order, each item once")
            #expect(
                try result.json == [
                    "schema": 1, "task": .null, "error": .null, "file": .string(file),
                    "format": name.hasSuffix(".csv") ? "csv" : "ndjson",
                    "books": [
                        ["id": 2, "version": "PNBOOK-2026-11-21-666", "items": 400, "digest": try #require(digest)]
                    ],
                    "items": 400, "bytes": .integer(Int64(try Self.bytes(file).count)), "update": .null,
                    "active": .null,
                ])
        }
    }

    @Test("Both engines write the same bytes")
    func sameBytes() throws {
        let folder = try ScratchFolder()
        for name in ["book.csv", "book.ndjson", "book.xlsx"] {
            let files = try TestEngine.both.map { engine in
                let database = try TestDatabase(engine)
                try database.succeed("load", Catalogues.servers)
                try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
                let file = folder.path + "/\(engine)-" + name
                try database.succeed("export", "active", "--to", file)
                return try Self.bytes(file)
            }
            #expect(files[0] == files[1])
            #expect(files[0].count > 10_000)
        }
    }

    @Test("The texts themselves: quotes where they are needed, an apostrophe where a spreadsheet would calculate")
    func texts() throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 1))
        try database.load([
            "lot_partnumbers": """
            partnumber,lot_name,description,is_primary_pn
            =1+1,L;1,"a ""b"", c",1
            'quoted,@L,\\N,0
            P-1,－5,-,1
            plain,L,two words,1

            """
        ])
        try database.succeed("create", "--now", "2026-11-20T03:00:00Z")
        let folder = try ScratchFolder()
        for (name, flag) in [("safe", nil), ("plain", "--plain")] {
            let arguments = ["export", "PNBOOK-2026-11-20-001", "--to", "\(folder.path)/\(name).csv"]
            #expect(try database.pnbook(arguments + (flag.map { [$0] } ?? [])).code == 0)
        }
        let head = "partnumber,lot_name,is_primary_pn,description\r\n"
        #expect(
            String(decoding: try Self.bytes(folder.path + "/safe.csv"), as: UTF8.self)
                == head + "''quoted,'@L,0,\r\n'=1+1,\"L;1\",1,\"a \"\"b\"\", c\"\r\n"
                + "P-1,'－5,1,'-\r\nplain,L,1,two words\r\n")
        #expect(
            String(decoding: try Self.bytes(folder.path + "/plain.csv"), as: UTF8.self)
                == head + "'quoted,@L,0,\r\n=1+1,\"L;1\",1,\"a \"\"b\"\", c\"\r\n"
                + "P-1,－5,1,-\r\nplain,L,1,two words\r\n")
        try database.succeed("export", "1", "--to", folder.path + "/book.ndjson")
        #expect(
            String(decoding: try Self.bytes(folder.path + "/book.ndjson"), as: UTF8.self)
                .hasPrefix(#"{"partnumber":"'quoted","lot_name":"@L","is_primary_pn":false,"description":null}"# + "\n")
        )
    }

    @Test(
        "What a person reads, and what rights a new file has",
        arguments: ["book.csv", "book.ndjson", "book.xlsx", "b.db"])
    func words(name: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1200))
        let folder = try ScratchFolder()
        let file = folder.path + "/" + name
        for (umask, mode) in [("000", 0o640), ("022", 0o640), ("077", 0o600)] {
            var program = RunProgram(["export", "active", "--to", file, "--database", try database.url])
            program.umask = umask
            let result = try program.run()
            #expect(result.code == 0, "\(result.stderr)")
            let size = try Self.bytes(file).count
            #expect(
                result.stdout.hasPrefix("PNBOOK-2026-11-20-001 (id 1) is in \(file): 1 200 items, ")
                    && result.stdout.filter { $0 != " " }.hasSuffix("items,\(size)bytes.\n"), "\(result.stdout)")
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == mode)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
            try FileManager.default.removeItem(atPath: file)
        }
        #expect(try database.succeed("export", "active", "--to", file, "--quiet").stdout == "")
    }

    private static let csvHead = "partnumber,lot_name,is_primary_pn,description\r\n"

    @Test("A book that is not whole is refused, and the file that exists stays", arguments: TestEngine.allCases)
    func broken(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 5))
        try database.load(Catalogues.plain(parts: 6))
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        try database.run(
            "DELETE FROM qt_partnumber_book_items WHERE book_id = 1",
            "UPDATE qt_partnumber_book_items SET lot_name = 'other' WHERE book_id = 2 AND partnumber = 'PN-3'")
        let folder = try ScratchFolder()
        for name in ["book.csv", "book.ndjson", "book.db"] {
            let before =
                name == "book.csv"
                ? Self.csvHead
                : #"{"partnumber":"what was there","lot_name":"L","is_primary_pn":true,"description":null}"# + "\n"
            if name != "book.db" { try folder.write(before, to: name) }
            let file = folder.path + "/" + name
            try database.pnbook("export", "1", "--to", file)
                .expectRefusal(14, saying: "PNBOOK-2026-11-20-001 has no items", "nothing was written")
            try database.pnbook("export", "2", "--to", file)
                .expectRefusal(14, saying: "it has 6 items, and 6 were recorded, or their texts differ")
            if name != "book.db" { #expect(try String(contentsOfFile: file, encoding: .utf8) == before) }
        }
        try database.pnbook("export", "all", "--to", folder.path + "/book.db").expectRefusal(14, saying: "has no items")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["book.csv", "book.ndjson"])
    }
}
