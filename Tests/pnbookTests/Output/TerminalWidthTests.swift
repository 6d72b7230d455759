import Foundation
import Harness
import TestSupport
import Testing

@testable import PnbookCLI

/// What commands print on a terminal, and what of it in a pipe.
@Suite("On a terminal")
struct TerminalWidthTests {
    /// Books of three nights, and a task that has failed with a long message.
    private static func database() throws -> TestDatabase {
        let database = try TestDatabase(.sqlite)
        try database.succeed("load", Catalogues.servers)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        for night in ["2026-11-21", "2026-12-01"] {
            try database.succeed("create", "--now", night + "T22:30:00Z")
        }
        try database.load(Catalogues.plain(parts: 1))
        #expect(try database.pnbook("create", "--now", "2026-12-02T03:00:00Z").code == 14)
        return database
    }

    private static let commands = [
        ["list"], ["list", "--calendar"], ["show", "active"], ["diff", "1", "active"], ["explain", "540-BBGD"],
        ["prune", "--dry-run"], ["simulate", "--years", "2"], ["simulate", "--years", "3", "--calendar"],
        ["task", "list"], ["verify"], ["config", "show"], ["migrate", "status"],
        ["create", "--dry-run", "--allow-shrink"],
    ]

    /// Standard output and error on a terminal of so many columns.
    private static func shown(_ arguments: [String], _ database: TestDatabase, columns: Int) throws -> [String] {
        var program = RunProgram(
            arguments + ["--database", try database.url, "--now", "2026-12-02T08:00:00Z", "--progress", "none"])
        program.environment = ["COLUMNS": String(columns), "TERM": "dumb"]
        program.isOnTerminal = true
        return try program.run().stdout.split(separator: "\r\n").map(String.init)
    }

    @Test("No command's lines are wider than 80 or 50 columns")
    func fits() throws {
        let database = try Self.database()
        for arguments in Self.commands {
            for columns in [80, 50] {
                for line in try Self.shown(arguments, database, columns: columns) where !line.hasPrefix("pnbook: ") {
                    #expect(line.columns <= columns, "\(arguments) at \(columns): \(line)")
                }
            }
        }
    }

    @Test("A terminal has short ids, each of which names its task; a pipe has them whole, and messages too")
    func tasks() throws {
        let database = try Self.database()
        let ids = try database.tasks().compactMap { $0["id"]?.string }
        let rows = try Self.shown(["task", "list"], database, columns: 80).dropFirst()
        let names = rows.filter { !$0.hasPrefix(" ") }.compactMap { $0.split(separator: " ").first }.map(String.init)
        #expect(names.count == ids.count)
        for (id, name) in zip(ids, names) {
            #expect(id.hasPrefix(name) && name.count >= 8 && name.count < id.count)
        }
        let piped = try database.succeed("task", "list").stdout
        #expect(ids.allSatisfy(piped.contains) && piped.contains("fewer than half"))
        let report = try database.succeed("task", "show", names[1]).stdout
        #expect(report.contains("in the book") && report.contains("part numbers with different LOTs"))
        #expect(!report.contains("{") && !report.contains("\""))
    }

    @Test("Times are in the configured zone, with its offset, also in errors; JSON stays in UTC")
    func zone() throws {
        let database = try Self.database()
        let zone = ["--timezone", "Europe/Moscow"]
        let list = try database.pnbook(["list"] + zone).stdout
        #expect(list.contains("created (+03:00)") && list.contains("2026-12-02 01:30:00"))
        #expect(try database.pnbook(["show", "newest"] + zone).stdout.contains("2026-12-02 01:30:00 +03:00"))
        #expect(try database.pnbook(["list", "--json"] + zone).stdout.contains("2026-12-01T22:30:00.000Z"))
        #expect(try database.pnbook(["task", "list"] + zone).stdout.contains("started (+03:00)"))
        let doctor = try database.pnbook(["doctor", "--now", "2027-01-10T00:00:00Z"] + zone).stdout
        #expect(doctor.contains("+03:00") && !doctor.contains(" UTC"), "\(doctor)")
    }

    @Test("Numbers in a pipe are one word")
    func numbers() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1200))
        #expect(try database.succeed("list").stdout.contains(" 1200 "))
        #expect(try Self.shown(["list"], database, columns: 80).joined().contains(" 1 200 "))
    }
}
