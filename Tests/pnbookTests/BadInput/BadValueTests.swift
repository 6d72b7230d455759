import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: values of the catalogue that are no flag and no text. `create`, `explain` and `verify` name table, column and row.
@Suite("Bad input: values")
struct BadValueTests {
    /// A statement that spoils the catalogue of ``RawCatalogue``, and what is said of it.
    struct Spoiled: Sendable, CustomTestStringConvertible {
        let statement: String
        let words: [String]
        /// Types of MariaDB's columns without which it would not take the statement; nil where it takes none like it.
        var types: [String: String]? = [:]

        var testDescription: String { statement }
    }

    private static func text(_ table: String, _ column: String, _ key: String, _ row: String, _ value: String) -> String
    {
        "UPDATE \(table) SET \(column) = \(value) WHERE \(key) = '\(row)'"
    }

    private static let word = "VARCHAR(20) NULL"

    static let flags: [Spoiled] = [
        Spoiled(
            statement: "UPDATE qt_vendor_partnumber_seen SET is_ignored = 'maybe'",
            words: ["qt_vendor_partnumber_seen", "is_ignored", "part number 'PN-3'", "'maybe'", "yes, y, on"],
            types: ["qt_vendor_partnumber_seen.is_ignored": word]),
        Spoiled(
            statement: "UPDATE qt_vendor_partnumber_seen SET is_ignored = '0.00'", words: ["is_ignored", "'0.00'"],
            types: ["qt_vendor_partnumber_seen.is_ignored": word]),
        Spoiled(
            // Also where it decides nothing.
            statement: "UPDATE qt_vendor_partnumber_seen SET is_ignored = 'n', is_pattern = 'glob'",
            words: ["qt_vendor_partnumber_seen", "is_pattern", "'glob'"],
            types: ["qt_vendor_partnumber_seen.is_ignored": word, "qt_vendor_partnumber_seen.is_pattern": word]),
        Spoiled(
            statement: "UPDATE lot_partnumbers SET is_primary_pn = 'main' WHERE partnumber = 'PN-2'",
            words: ["lot_partnumbers", "is_primary_pn", "vendor 'V'", "part number 'PN-2'", "'main'"], types: nil),
        Spoiled(
            statement: "UPDATE lot_partnumbers SET is_primary_pn = x'31' WHERE partnumber = 'PN-3'",
            words: ["lot_partnumbers", "is_primary_pn", "part number 'PN-3'", "BLOB of 1 byte"], types: nil),
        Spoiled(
            statement: "UPDATE qt_vendor_partnumber_seen SET is_ignored = x'31' WHERE partnumber = 'PN-3'",
            words: ["qt_vendor_partnumber_seen", "is_ignored", "part number 'PN-3'", "BLOB of 1 byte"],
            types: ["qt_vendor_partnumber_seen.is_ignored": "VARBINARY(5) NULL"]),
    ]

    static let texts: [Spoiled] =
        [
            ("lot_partnumbers", "vendor", "partnumber", "PN-1", "part number 'PN-1'"),
            ("lot_partnumbers", "partnumber", "lot_name", "LOT-1", "vendor ''"),
            ("lot_partnumbers", "lot_name", "partnumber", "PN-2", "vendor 'V', part number 'PN-2'"),
            ("lot_partnumbers", "description", "partnumber", "PN-3", "part number 'PN-3'"),
            ("qt_lot_bundles", "bundle_lot_name", "bundle_lot_name", "KIT", "bundle"),
            ("qt_lot_bundle_items", "bundle_lot_name", "lot_name", "PART", "LOT 'PART'"),
            ("qt_lot_bundle_items", "lot_name", "bundle_lot_name", "KIT", "bundle 'KIT'"),
            ("qt_vendor_partnumber_seen", "partnumber", "partnumber", "PN-3", "part number"),
        ].flatMap { table, column, key, row, name in
            [
                Spoiled(
                    statement: text(table, column, key, row, "CAST(x'C2E5EDF2E8EBFF' AS TEXT)"),
                    words: [table, column, name, "not valid UTF-8", "C2 E5 ED F2 E8"], types: nil),
                Spoiled(
                    statement: text(table, column, key, row, "x'504E'"),
                    words: [table, column, name, "is a BLOB of 2 bytes"],
                    types: ["\(table).\(column)": "VARBINARY(255) NULL"]),
            ]
        }
        + [
            ("ED A0 80", "eda08041"), ("C0 80", "61c080"), ("FF", "ff"), ("F4 90 80 80", "61f4908080"),
            ("E2 82", "e282"),
        ].map { shown, bytes in
            Spoiled(
                statement: text("lot_partnumbers", "description", "partnumber", "PN-1", "CAST(x'\(bytes)' AS TEXT)"),
                words: ["description", "part number 'PN-1'", shown], types: nil)
        }

    @Test("A flag that means nothing exits 65, names its row and what is taken", arguments: TestEngine.allCases, flags)
    func flag(engine: TestEngine, spoiled: Spoiled) throws {
        try expectRefused(engine, spoiled)
    }

    @Test("A text that is none exits 65 and names its row", arguments: TestEngine.allCases, texts)
    func text(engine: TestEngine, spoiled: Spoiled) throws {
        try expectRefused(engine, spoiled)
    }

    private func expectRefused(_ engine: TestEngine, _ spoiled: Spoiled) throws {
        if engine == .mariadb && spoiled.types == nil { return }
        let types = spoiled.types ?? [:]
        // A MariaDB column of bytes makes all its rows bytes, so that the first book is of a table that has them not yet.
        let isBinary = types.values.contains { $0.hasPrefix("VARBINARY") }
        let database = try RawCatalogue.database(engine, types: isBinary ? [:] : types)
        if engine == .mariadb && isBinary {
            for (name, type) in types {
                let parts = name.split(separator: ".").map(String.init)
                let row = try #require(spoiled.statement.split(separator: " WHERE ").last.map(String.init))
                try database.run(
                    "UPDATE \(identifier: parts[0]) SET \(identifier: parts[1]) = NULL WHERE NOT (\(raw: row))")
                try database.run(
                    "ALTER TABLE \(identifier: parts[0]) MODIFY \(identifier: parts[1]) VARCHAR(255) NULL")
                try database.run(SQL(raw: spoiled.statement))
                try database.run("ALTER TABLE \(identifier: parts[0]) MODIFY \(identifier: parts[1]) \(raw: type)")
            }
        } else {
            try database.run(SQL(raw: spoiled.statement))
        }
        let later = ["--now", "2026-11-21T03:00:00Z"]
        let create = try database.expectNoChange { try database.pnbook(["create"] + later) }
        create.expectRefusal(65, saying: spoiled.words + ["the active book is unchanged"])
        for arguments in [["create", "--dry-run"] + later, ["explain", "PN-1"]] {
            try database.expectUntouched { try database.pnbook(arguments) }.expectRefusal(65, saying: spoiled.words)
        }
        let verify = try database.pnbook("verify", "--against-catalogue")
        #expect(verify.code == 1 && spoiled.words.allSatisfy(verify.stdout.contains), "\(verify.stdout)")
    }

    @Test(
        "A row of the seen table without a part number is passed over, whatever its flags say",
        arguments: TestEngine.allCases)
    func seenWithoutPartnumber(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine, types: ["qt_vendor_partnumber_seen.is_ignored": Self.word])
        try database.run("INSERT INTO qt_vendor_partnumber_seen (partnumber, is_ignored) VALUES (NULL, 'maybe')")
        #expect(try database.succeed("create", "--if-changed", "--json").json["book"]?["id"] == 1)
    }

    @Test("Any valid UTF-8 is data, and comes out as it went in", arguments: TestEngine.allCases)
    func odd(engine: TestEngine) throws {
        let database = try RawCatalogue.database(engine)
        let odd = [
            "\u{FEFF}x", "N\u{0}UL", "a\rb", "\u{378}", "\u{FFFE}", "\u{FFFF}z", "\u{10FFFF}", "\u{E000}", "\u{1}",
        ]
        for text in odd {
            try database.run(
                """
                INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description, is_primary_pn)
                VALUES (\(text), \(text), \("L" + text), \(text), 0)
                """)
        }
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        let items = try NaiveClient(pulling: database).books[2]?.items
        for text in odd { #expect(items?.contains(.init(text, "L" + text, false, text)) == true) }
        try database.succeed("verify", "--against-catalogue")
        let folder = try ScratchFolder()
        try database.succeed("export", "active", "--to", folder.path + "/x.ndjson")
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: folder.path + "/x.ndjson")).withUnsafeBytes { $0.isValidUTF8 })
        try database.succeed("export", "active", "--to", folder.path + "/x.db")
        #expect(try NaiveClient(reading: folder.path + "/x.db").books[2]?.items == items)
    }
}
