import Database
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: texts that others write (the catalogue, another program's books and tasks) and that speak to a terminal, forge lines
/// or hide. No verb prints one as it is.
@Suite("Bad input: hostile texts")
struct HostileTextTests {
    /// Short enough for every column that takes them.
    private static let payloads: [String] = [
        "\u{1B}[31mR\u{1B}]52;c;Zg==\u{7}", "\u{9B}31mC\u{85}x", "a\u{202E}gnp\u{2066}x\u{2069}", "l\nFORGED ok\tT\rC",
        "a\r\nFORGED 1\r\nb", "d\u{7F}l\u{8}", "z\u{200B}w\u{FEFF}\u{2028}F\u{2029}", "q\"\u{301},x=\"y\\\u{301}",
        "t\u{E0041}g\u{AD}",
    ]

    /// A catalogue, a book and tasks with `text` in every column that another program may fill.
    private static func database(_ engine: TestEngine, _ text: String) throws -> TestDatabase {
        let database = try RawCatalogue.database(engine)
        try database.run(
            """
            INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description, is_primary_pn) VALUES
            (\(text), \("PN" + text), \("L" + text), \(text), 1), ('v', \("PN" + text), \("M" + text), NULL, 1),
            ('v', \(text + "B"), \("K" + text), \(text), 1), ('v', \("I" + text), 'L', NULL, 1)
            """,
            "INSERT INTO qt_lot_bundles (bundle_lot_name) VALUES (\("K" + text))",
            """
            INSERT INTO qt_lot_bundle_items (bundle_lot_name, lot_name, qty) VALUES (\("K" + text), \("C" + text), 2),
            (\("U" + text), \("W" + text), 1), (\("W" + text), \("U" + text), 1)
            """,
            """
            INSERT INTO qt_vendor_partnumber_seen (partnumber, is_ignored, is_pattern) VALUES (\("I" + text), 1, 0),
            (\("*" + text + "?zz"), 1, 1)
            """,
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES (\("V" + text), '2026-11-21 00:00:00.000', \("by" + text), 0)
            """,
            """
            INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
            VALUES (2, \("P" + text), \("L" + text), 1, \(text))
            """)
        let tasks = engine == .sqlite ? try TestDatabase.sqlite(at: database.path + "-tasks") : try database.connect()
        defer { tasks.close() }
        try tasks.execute(
            """
            INSERT INTO pnbook_tasks (id, type, status, progress, message, result, error_message, triggered_by, created_at,
            completed_at, owner_host, owner_pid, cancel_requested_by, exit_code) VALUES (\("id" + text), \("ty" + text),
            'failed', 5, \(text), \(text), \("e" + text), \("api:" + text), '2026-11-02 00:00:00.000',
            '2026-11-02 00:00:00.000', \("h" + text), 1, \("c" + text), 1)
            """)
        return database
    }

    private static func expectClean(
        _ result: ProgramResult, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for output in [result.stdout, result.stderr] {
            let hidden = output.unicodeScalars.filter { $0.isHidden && $0 != "\n" }
            #expect(hidden.isEmpty, "\(arguments): \(hidden.map(\.escaped))", sourceLocation: sourceLocation)
            #expect(
                !output.unicodeScalars.split(separator: "\n").contains { String($0).hasPrefix("FORGED") },
                "\(arguments): \(output)", sourceLocation: sourceLocation)
        }
    }

    @Test("No verb prints them as they are", arguments: TestEngine.allCases, payloads)
    func verbs(engine: TestEngine, text: String) throws {
        let database = try Self.database(engine, text)
        let verbs: [[String]] = [
            ["create", "--dry-run"], ["create", "--progress", "json", "--json"], ["list"], ["list", "--json"],
            ["show", "2"], ["show", "V" + text, "--json"], ["diff", "1", "3"], ["diff", "2", "3", "--json"],
            ["diff", "2", "3"], ["explain", "PN" + text], ["explain", text + "B", "--json"], ["verify"],
            ["verify", "--json"], ["task", "list"], ["task", "list", "--json"], ["task", "show", "id" + text],
            ["task", "show", "id" + text, "--json"], ["task", "watch", "id" + text], ["doctor"], ["doctor", "--json"],
            ["prune", "--dry-run"], ["metrics"], ["metrics", "--json"], ["activate", "V" + text],
            ["export", "active", "--to", database.folder + "/x.ndjson"], ["migrate", "status"],
        ]
        for arguments in verbs {
            let result = try database.pnbook(arguments + ["--now", "2026-11-21T04:00:00Z"])
            Self.expectClean(result, arguments)
            if arguments.contains("--json") { #expect(try result.json != .null) }
        }
        // Every line of NDJSON is a document, whatever ends a line for who reads it.
        let lines = try String(contentsOfFile: database.folder + "/x.ndjson", encoding: .utf8)
        #expect(lines.unicodeScalars.allSatisfy { !$0.isHidden || $0 == "\n" })
    }

    @Test("Nor does an error that names them", arguments: payloads)
    func errors(text: String) throws {
        let database = try Self.database(.sqlite, text)
        try database.run(
            "INSERT INTO qt_lot_bundle_items (bundle_lot_name, lot_name, qty) VALUES (\("K" + text), \("K" + text), 1)")
        let cycle = try database.pnbook("create")
        #expect(cycle.code == 65 && cycle.stderr.contains("bundles contain one another"))
        for arguments in [["create", "--json"], ["task", "list"], ["explain", text + "B"], ["doctor"]] {
            Self.expectClean(try database.pnbook(arguments), arguments)
        }
        try database.run(
            "DELETE FROM qt_lot_bundle_items",
            "UPDATE lot_partnumbers SET partnumber = partnumber || \(String(repeating: "0", count: 300))")
        let long = try database.pnbook("create")
        #expect(long.code == 65 && long.stderr.contains("too long") || long.stderr.contains("characters"))
        for result in [cycle, long] { Self.expectClean(result, ["create"]) }
    }

    @Test("Nor does a message about the command line", arguments: payloads)
    func arguments(text: String) throws {
        let database = try RawCatalogue.database(.sqlite)
        let commands: [[String]] = [
            ["show", text], ["list", text], ["--" + text], ["list", "--x=" + text], ["list", "--" + text + "=1"],
            ["create", "--triggered-by", "api:" + text], ["create", "--timezone", text],
            ["export", "active", "--to", text], ["simulate", "--books", "/nonexistent" + text],
            ["list", "--config", "/nonexistent" + text], ["list", "--password-file", "/nonexistent" + text],
            ["task", "show", text], ["service", "--user", text], ["prune", "--approve", text], ["load", text],
        ]
        for arguments in commands {
            Self.expectClean(try database.pnbook(arguments), arguments)
            Self.expectClean(try database.pnbook(arguments + ["--json"]), arguments)
        }
        Self.expectClean(try RunProgram(["list", "--database", "sqlite:/nonexistent/" + text]).run(), [])
        Self.expectClean(try RunProgram(["list"]).with(environment: ["PNBOOK_" + text: "x"]).run(), [])
    }
}

extension RunProgram {
    fileprivate func with(environment: [String: String]) -> RunProgram {
        var run = self
        run.environment = environment
        return run
    }
}
