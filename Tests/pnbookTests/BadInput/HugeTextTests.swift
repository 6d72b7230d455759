import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: texts of megabytes, and bytes that are no text in what other programs write beside the catalogue.
@Suite("Bad input: huge texts and broken ones")
struct HugeTextTests {
    private static let later = ["--now", "2026-11-21T03:00:00Z"]
    /// More than the sort's memory for one row.
    private static let megabytes = 6

    /// A column of the mappings that a book does not hold, or not in full, and what is said of a huge one.
    private static let unbounded: [(column: String, value: String, words: [String])] = [
        ("vendor", "REPEAT('v', \(megabytes << 20))", ["vendor 'vvvv", "part number 'PN-1'"]),
        // One character of Swift's, made of millions of combining marks.
        ("vendor", "CONCAT('v', REPEAT(CONVERT(x'CC81' USING utf8mb4), \(megabytes << 19)))", ["part number 'PN-1'"]),
        ("partnumber", "CONCAT('PN-1', REPEAT(' ', \(megabytes << 20)))", ["vendor ''", "part number 'PN-1 "]),
        (
            "partnumber", "CONCAT('P', REPEAT(CONVERT(x'CC81' USING utf8mb4), \(megabytes << 19)))",
            ["the part number of part number '", "3145729 characters"]
        ),
        (
            "description", "REPEAT('d', \(megabytes << 20))",
            ["description of part number 'PN-1'", "6291456 characters"]
        ),
        ("lot_name", "REPEAT('l', \(megabytes << 20))", ["LOT of part number 'PN-1'", "6291456 characters"]),
    ]

    @Test(
        "A row too large for a book is bad data, named by table and row in a short message",
        arguments: TestEngine.allCases,
        unbounded.indices)
    func rows(engine: TestEngine, index: Int) throws {
        let (column, value, words) = Self.unbounded[index]
        let long = "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL"
        let database = try RawCatalogue.database(engine, types: ["lot_partnumbers.\(column)": long])
        if engine == .sqlite {
            // The same text; SQLite has neither REPEAT nor CONCAT.
            let marks = value.contains("CC81")
            let first = value.contains("CONCAT('PN-1'") ? "PN-1" : value.contains("CONCAT('P'") ? "P" : marks ? "v" : ""
            let unit = marks ? "\u{301}" : value.contains("' '") ? " " : String(column.first ?? "x")
            let text = first + String(repeating: unit, count: marks ? Self.megabytes << 19 : Self.megabytes << 20)
            try database.run(
                "UPDATE lot_partnumbers SET \(identifier: column) = \(text) WHERE partnumber = 'PN-1'")
        } else {
            try database.run(
                "UPDATE lot_partnumbers SET \(identifier: column) = \(raw: value) WHERE partnumber = 'PN-1'")
        }
        let result = try database.pnbook(["create"] + Self.later)
        result.expectRefusal(65, saying: words + ["the active book is unchanged", "lot_partnumbers"])
        #expect(result.stderr.utf8.count < 1500, "\(result.stderr.utf8.count) bytes")
        #expect(try database.books() == ["PNBOOK-2026-11-20-001*"])
    }

    // MARK: Headers and tasks

    /// The verbs that read a table.
    private static let verbs = [
        "qt_partnumber_books": [
            ["list"], ["list", "--json"], ["show", "active"], ["show", "2", "--json"], ["explain", "PN-1"], ["verify"],
            ["doctor"], ["metrics"], ["create", "--dry-run"] + later, ["activate", "2"], ["create"] + later,
            ["prune"] + later,
        ],
        "pnbook_book_ledger": [["list"], ["show", "1"], ["verify"], ["doctor", "--json"], ["create"] + later],
        "pnbook_tasks": [["task", "list"], ["task", "list", "--json"], ["doctor"], ["metrics"], ["create"] + later],
    ]

    private static let broken = [
        "CAST(x'50ff51' AS TEXT)", "CAST(x'eda080' AS TEXT)", "CAST(x'c080' AS TEXT)", "CAST(x'f4908080' AS TEXT)",
        "x'00ff'",
        "'a' || char(0) || 'b'", "replace(hex(zeroblob(100000)), '00', char(769))",
        "char(27, 93, 7, 155, 8238, 13, 10)",
    ]

    @Test(
        "Whatever stands in a header's or a task's text: an exit code of the contract, and no trap",
        arguments: [
            "qt_partnumber_books.version", "qt_partnumber_books.created_by", "qt_partnumber_books.created_at",
            "pnbook_book_ledger.version", "pnbook_book_ledger.digest", "pnbook_book_ledger.task_id",
            "pnbook_tasks.type",
            "pnbook_tasks.message", "pnbook_tasks.error_message", "pnbook_tasks.triggered_by",
            "pnbook_tasks.owner_host",
            "pnbook_tasks.result", "pnbook_tasks.status",
        ])
    func texts(column: String) throws {
        let parts = column.split(separator: ".").map(String.init)
        let database = try RawCatalogue.database(.sqlite)
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
        let file = parts[0] == "pnbook_tasks" ? database.path + "-tasks" : database.path
        for value in Self.broken {
            let connection = try TestDatabase.sqlite(at: file)
            try connection.execute("PRAGMA ignore_check_constraints = ON")
            let one = parts[0] == "qt_partnumber_books" ? " WHERE id = 2" : ""
            _ = try? connection.execute(SQL(raw: "UPDATE \(parts[0]) SET \(parts[1]) = \(value)\(one)"))
            connection.close()
            for arguments in Self.verbs[parts[0]] ?? [] {
                let result = try database.pnbook(arguments)
                let what = "\(column) = \(value.prefix(40)): \(arguments)"
                #expect(
                    ExtremeTaskTests.known.contains(result.code), "\(what): \(result.code) \(result.stderr.prefix(500))"
                )
                #expect(!result.stderr.contains("Fatal error"), "\(what)")
            }
        }
    }

    @Test(
        "A NUL is valid UTF-8: both engines publish it, as the same book",
        arguments: ["partnumber", "lot_name", "description", "vendor"])
    func nul(column: String) throws {
        let digests = try TestEngine.both.map { engine in
            let database = try RawCatalogue.database(engine)
            try database.run(
                "UPDATE lot_partnumbers SET \(identifier: column) = \("a\u{0}b") WHERE partnumber = 'PN-1'")
            let document = try database.succeed("create", "--json", "--now", "2026-11-21T03:00:00Z").json
            return document["book"]?["digest"]?.string
        }
        #expect(digests[0] != nil && digests[0] == digests[1])
    }
}
