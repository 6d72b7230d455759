import Foundation
import Harness
import TestSupport
import Testing

/// `--calendar`: what is kept, what goes and what is active, at a glance.
@Suite("--calendar")
struct CalendarTests {
    private static let now = ["--now", "2026-11-20T03:00:00Z"]

    /// Runs `simulate --calendar` on a terminal, and gives back its lines.
    private static func onTerminal(_ environment: [String: String]) throws -> [String] {
        var program = RunProgram(["simulate", "--years", "1", "--calendar"] + now)
        program.isOnTerminal = true
        program.environment = environment
        let result = try program.run()
        try #require(result.code == 0, "\(result.stdout)")
        return result.stdout.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test("Ten years of nights, in ASCII where the output is no terminal")
    func tenYears() throws {
        var program = RunProgram(["simulate", "--calendar"] + Self.now)
        program.environment = ["LC_ALL": "C.UTF-8", "TERM": "xterm"]
        #expect(
            try program.run().stdout == """
                7 daily, 5 weekly, 12 monthly, 10 yearly; a book every day for 10 years to 2026-11-20, UTC

                        Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec   kept of all
                  2016                                          .   .        0 of  41
                  2017  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2018  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2019  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2020  .   .   .   .   .   .   .   .   .   .   .   #        1 of 366
                  2021  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2022  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2023  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2024  .   .   .   .   .   .   .   .   .   .   .   #        1 of 366
                  2025  .   .   .   .   .   .   .   .   .   .   .   #        1 of 365
                  2026  #   #   #   #   #   #   #   #   #   #2  *9          20 of 324

                  week          Mon Tue Wed Thu Fri Sat Sun
                  2026-W43  Oct  .19 .20 .21 .22 .23 .24 #25
                  2026-W44  Oct  .26 .27 .28 .29 .30 #31 # 1
                  2026-W45  Nov  . 2 . 3 . 4 . 5 . 6 . 7 # 8
                  2026-W46  Nov  . 9 .10 .11 .12 .13 #14 #15
                  2026-W47  Nov  #16 #17 #18 <19 *20

                  # kept (#2: two in that month)   . removed
                  * active   < previous   @ pinned

                3 652 books: 29 kept, 3 623 removed.

                """)
    }

    @Test("Years of which nothing is kept are one line, from three on")
    func idleYears() throws {
        let text = try RunProgram(["simulate", "--years", "100", "--calendar"] + Self.now).run().stdout
        #expect(text.contains("\n  1926-2016  . none of 32 914 books kept\n  2017  .   ."))
        let sparse = """
            [{"id": 1, "created_at": "2005-01-31T03:00:00Z", "is_active": false},
             {"id": 2, "created_at": "2008-02-29T03:00:00Z", "is_active": false},
             {"id": 3, "created_at": "2012-03-31T03:00:00Z", "is_active": true},
             {"id": 4, "created_at": "9998-12-31T00:00:00Z", "is_active": false}]
            """
        var program = RunProgram(["simulate", "--books", "-", "--calendar", "--keep-daily", "3"] + Self.now)
        program.input = sparse
        #expect(
            try program.run().stdout == """
                3 daily, 5 weekly, 12 monthly, 10 yearly; 4 books to 2026-11-20, UTC

                        Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec   kept of all
                  2005  #                                                    1 of   1
                  2006                                                       0 of   0
                  2007                                                       0 of   0
                  2008      #                                                1 of   1
                  2009-2011  no books
                  2012          *                                            1 of   1
                  2013-9997  no books
                  9998                                              #        1 of   1

                  week          Mon Tue Wed Thu Fri Sat Sun
                  2012-W09  Feb
                  2012-W10  Mar
                  2012-W11  Mar
                  2012-W12  Mar
                  2012-W13  Mar                      *31

                  # kept (#2: two in that month)   . removed
                  * active   < previous   @ pinned

                4 books: 4 kept, 0 removed.

                """)
    }

    @Test("No line is wider than 80 columns")
    func width() throws {
        for arguments in [
            ["--years", "100"], ["--keep-daily", "1000", "--years", "5"], ["--timezone", "Asia/Kathmandu"],
        ] {
            let result = try RunProgram(["simulate", "--calendar"] + arguments + Self.now).run()
            let picture = result.stdout.split(separator: "\n").dropFirst()
            #expect(picture.allSatisfy { $0.count <= 80 }, "\(arguments)")
            #expect(picture.count > 10)
        }
    }

    @Test("On a terminal there are colours, and marks of Unicode where the locale has them")
    func terminal() throws {
        let utf8 = ["TERM": "xterm", "LC_ALL": "de_DE.UTF-8"]
        let (previous, pinned) = ("\u{1B}[33m☆\u{1B}[0m", "\u{1B}[36m◆\u{1B}[0m")
        let (kept, removed, active) = ("\u{1B}[32m■\u{1B}[0m", "\u{1B}[2m·\u{1B}[0m", "\u{1B}[1;33m★\u{1B}[0m")
        let lines = try Self.onTerminal(utf8)
        #expect(lines.contains("  2025                                          \(removed)   \(kept)        1 of  41"))
        #expect(lines.contains("  2026-W47  Nov  \(kept)16 \(kept)17 \(kept)18 \(previous)19 \(active)20"))
        #expect(lines.contains("  \(kept) kept (\(kept)2: two in that month)   \(removed) removed"))
        #expect(lines.contains("  \(active) active   \(previous) previous   \(pinned) pinned"))

        let plainRow = "  2026-W47  Nov  ■16 ■17 ■18 ☆19 ★20"
        #expect(try Self.onTerminal(utf8.merging(["NO_COLOR": "1"]) { $1 }).contains(plainRow))
        #expect(try !Self.onTerminal(utf8.merging(["NO_COLOR": ""]) { $1 }).contains(plainRow))

        let asciiRow = "  2026-W47  Nov  #16 #17 #18 <19 *20"
        for locale in [["LC_ALL": "C"], ["LC_ALL": "", "LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], [:]] {
            let environment = ["TERM": "xterm", "NO_COLOR": "1"].merging(locale) { $1 }
            #expect(try Self.onTerminal(environment).contains(asciiRow), "\(locale)")
        }
        #expect(try Self.onTerminal(["TERM": "xterm", "NO_COLOR": "1", "LANG": "fr_FR.utf8"]).contains(plainRow))
        #expect(try Self.onTerminal(["TERM": "dumb", "LC_ALL": "C.UTF-8"]).contains(asciiRow))
    }

    @Test("list and prune draw the books of the database", arguments: TestEngine.allCases)
    func database(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 3))
        let empty = try database.expectUntouched { try database.succeed("list", "--calendar").stdout }
        #expect(empty == "There are no books yet; make one with 'pnbook create'.\n")
        #expect(
            try database.succeed("prune", "--dry-run", "--calendar").stdout.hasPrefix("There are no books.\n\nPlan "))
        try database.succeed("create", "--now", "2026-11-20T03:00:00Z")
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 02:00:00.000")
        try database.insertBook(version: "PNBOOK-2026-11-18-001", createdAt: "2026-11-18 03:00:00.000")
        try database.insertBook(version: "PNBOOK-2026-11-18-002", createdAt: "2026-11-18 02:00:00.000")
        try database.insertBook(version: "PNBOOK-2026-09-01-001", createdAt: "2026-09-01 03:00:00.000")

        func picture(_ removed: String) -> String {
            """
                    Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec   kept of all
              2026                                  #       *2           3 of   5

              week          Mon Tue Wed Thu Fri Sat Sun
              2026-W43  Oct
              2026-W44  Oct
              2026-W45  Nov
              2026-W46  Nov
              2026-W47  Nov          #18     *20

              # kept (#2: two in that month)   . \(removed)
              * active   < previous   @ pinned

            """
        }
        let now = ["--now", "2026-11-20T12:00:00Z"]
        let list = try database.expectUntouched { try database.pnbook(["list", "--calendar"] + now) }
        #expect(list.stdout == picture("removed by the next retention"))
        let plan = try database.expectUntouched { try database.pnbook(["prune", "--dry-run", "--calendar"] + now) }
        #expect(plan.stdout.hasPrefix(picture("would be removed") + "\nPlan "))
        #expect(plan.stdout.hasSuffix(": 2 books would be removed, 3 kept; nothing was changed.\n"))
        let done = try database.pnbook(["prune", "--calendar"] + now)
        #expect(done.stdout == picture("removed") + "\n2 books removed, 3 kept.\n")
        for verb in [["list"], ["prune"], ["prune", "--dry-run"]] {
            let refused = try database.expectUntouched { try database.pnbook(verb + ["--calendar", "--json"]) }
            refused.expectRefusal(64, saying: "--calendar draws for people; leave out --json")
        }
    }
}
