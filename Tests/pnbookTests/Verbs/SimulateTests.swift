import Foundation
import Harness
import TestSupport
import Testing

/// `simulate`: a retention policy over years of nights or given books, without a database.
@Suite("simulate")
struct SimulateTests {
    private static let now = ["--now", "2026-11-20T03:00:00Z"]

    /// Runs in an empty folder with a database that cannot be reached, and leaves the folder empty.
    private static func run(_ arguments: String..., input: String? = nil) throws -> ProgramResult {
        let folder = try ScratchFolder()
        var program = RunProgram(["simulate"] + arguments + now)
        program.folder = folder.path
        program.environment = ["PNBOOK_DATABASE": "mariadb://nobody@192.0.2.1/nowhere"]
        program.input = input
        let result = try program.run()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        return result
    }

    private static func succeed(_ result: ProgramResult) throws -> String {
        try #require(result.code == 0, "\(result.stderr)")
        return result.stdout
    }

    /// The days of a document's kept books, newest first.
    private static func keptDays(_ document: JSON) -> [String] {
        (document["kept"]?.elements ?? []).map { String($0["created_at"]?.string?.prefix(10) ?? "") }
    }

    @Test("By default it shows what is left tonight of ten years of nights, with the reasons")
    func tenYears() throws {
        // By hand, with a calendar: see RetentionYearsTests.
        #expect(
            try Self.succeed(Self.run()) == """
                7 daily, 5 weekly, 12 monthly, 10 yearly; a book every day for 10 years to 2026-11-20, UTC

                night           kept as
                Fri 2026-11-20  active, daily 1 2026-11-20, weekly 1 2026-W47, monthly 1 2026-11, yearly 1 2026
                Thu 2026-11-19  previous, daily 2 2026-11-19
                Wed 2026-11-18  daily 3 2026-11-18
                Tue 2026-11-17  daily 4 2026-11-17
                Mon 2026-11-16  daily 5 2026-11-16
                Sun 2026-11-15  daily 6 2026-11-15, weekly 2 2026-W46
                Sat 2026-11-14  daily 7 2026-11-14
                Sun 2026-11-08  weekly 3 2026-W45
                Sun 2026-11-01  weekly 4 2026-W44
                Sat 2026-10-31  monthly 2 2026-10
                Sun 2026-10-25  weekly 5 2026-W43
                Wed 2026-09-30  monthly 3 2026-09
                Mon 2026-08-31  monthly 4 2026-08
                Fri 2026-07-31  monthly 5 2026-07
                Tue 2026-06-30  monthly 6 2026-06
                Sun 2026-05-31  monthly 7 2026-05
                Thu 2026-04-30  monthly 8 2026-04
                Tue 2026-03-31  monthly 9 2026-03
                Sat 2026-02-28  monthly 10 2026-02
                Sat 2026-01-31  monthly 11 2026-01
                Wed 2025-12-31  monthly 12 2025-12, yearly 2 2025
                Tue 2024-12-31  yearly 3 2024
                Sun 2023-12-31  yearly 4 2023
                Sat 2022-12-31  yearly 5 2022
                Fri 2021-12-31  yearly 6 2021
                Thu 2020-12-31  yearly 7 2020
                Tue 2019-12-31  yearly 8 2019
                Mon 2018-12-31  yearly 9 2018
                Sun 2017-12-31  yearly 10 2017

                3 652 books: 29 kept, 3 623 removed.

                """)
    }

    @Test("--json has every decision with its reasons, the policy and what was assumed")
    func document() throws {
        let document = try JSON(parsing: Self.succeed(Self.run("--json", "--years", "1", "--timezone", "Asia/Tokyo")))
        #expect(
            document.without("kept", "removed") == [
                "schema": 1, "task": .null, "error": .null, "now": "2026-11-20T03:00:00.000Z", "timezone": "Asia/Tokyo",
                "policy": ["daily": 7, "weekly": 5, "monthly": 12, "yearly": 10],
                "simulated": ["years": 1, "every_days": 1],
            ])
        #expect(document["kept"]?.elements?.count == 21)
        #expect(document["removed"]?.elements?.count == 344)
        #expect(
            document["kept"]?[0] == [
                "id": 365, "created_at": "2026-11-20T03:00:00.000Z", "is_active": true, "is_previous": false,
                "pinned": .null,
                "reasons": [
                    "active", "daily 1 2026-11-20", "weekly 1 2026-W47", "monthly 1 2026-11", "yearly 1 2026",
                ],
            ])
        #expect(
            document["removed"]?[0] == [
                "id": 358, "created_at": "2026-11-13T03:00:00.000Z", "is_active": false, "is_previous": false,
                "pinned": .null,
                "reasons": [
                    "day 2026-11-13 is older than the 7 days kept", "week 2026-W46 is represented by 360",
                    "month 2026-11 is represented by 365", "year 2026 is represented by 365",
                ],
            ])
    }

    @Test("--keep-… takes the place of the standard's counts, one by one")
    func policy() throws {
        let document = try JSON(
            parsing: Self.succeed(
                Self.run(
                    "--json", "--years", "3", "--keep-daily", "2", "--keep-weekly", "0", "--keep-monthly=3")))
        #expect(document["policy"] == ["daily": 2, "weekly": 0, "monthly": 3, "yearly": 10])
        #expect(
            Self.keptDays(document) == [
                "2026-11-20", "2026-11-19", "2026-10-31", "2026-09-30", "2025-12-31", "2024-12-31", "2023-12-31",
            ])
        #expect(document["removed"]?[0]?["reasons"]?.elements?.count == 3)
    }

    @Test("--every makes another rhythm", arguments: ["7d", "1w"])
    func weekly(every: String) throws {
        let document = try JSON(
            parsing: Self.succeed(Self.run("--json", "--years=1", "--every", every, "--keep-monthly", "2")))
        #expect(document["simulated"] == ["years": 1, "every_days": 7])
        #expect(
            Self.keptDays(document) == [
                "2026-11-20", "2026-11-13", "2026-11-06", "2026-10-30", "2026-10-23", "2026-10-16", "2026-10-09",
                "2025-12-26",
            ])
        #expect(try Self.succeed(Self.run("--every", every)).contains("a book every 7 days for 10 years to 2026-11-20"))
    }

    @Test("A list of books as the issue writes it is retained by the same rule")
    func givenBooks() throws {
        let list = """
            [
              {"id": 3, "created_at": "2026-11-19T03:00:00Z", "is_active": false},
              {"id": 7, "created_at": "2026-11-20T03:00:00.000Z", "is_active": true},
              {"id": 6, "created_at": "2026-11-19T17:00:00+02:00", "is_active": false}
            ]
            """
        let folder = try ScratchFolder()
        let file = try folder.write(list, to: "books.json")
        let document = try JSON(parsing: Self.succeed(Self.run("--books", file, "--json")))
        #expect(
            document == [
                "schema": 1, "task": .null, "error": .null, "now": "2026-11-20T03:00:00.000Z", "timezone": "UTC",
                "simulated": .null,
                "policy": ["daily": 7, "weekly": 5, "monthly": 12, "yearly": 10],
                "kept": [
                    [
                        "id": 7, "created_at": "2026-11-20T03:00:00.000Z", "is_active": true,
                        "is_previous": false, "pinned": .null,
                        "reasons": [
                            "active", "daily 1 2026-11-20", "weekly 1 2026-W47", "monthly 1 2026-11", "yearly 1 2026",
                        ],
                    ],
                    [
                        "id": 6, "created_at": "2026-11-19T15:00:00.000Z", "is_active": false,
                        "is_previous": false, "pinned": .null,
                        "reasons": ["daily 2 2026-11-19"],
                    ],
                ],
                "removed": [
                    [
                        "id": 3, "created_at": "2026-11-19T03:00:00.000Z", "is_active": false,
                        "is_previous": false, "pinned": .null,
                        "reasons": [
                            "day 2026-11-19 is represented by 6", "week 2026-W47 is represented by 7",
                            "month 2026-11 is represented by 7", "year 2026 is represented by 7",
                        ],
                    ]
                ],
            ])
        let text = try Self.succeed(Self.run("--books", "-", input: list))
        #expect(text.contains("12 monthly, 10 yearly; 3 books to 2026-11-20, UTC"))
        #expect(text.contains("\nkeep     6  2026-11-19 15:00:00 UTC  daily 2 2026-11-19\n"))
        #expect(text.contains("\nremove   3  2026-11-19 03:00:00 UTC  day 2026-11-19 is represented by 6, week"))
        #expect(text.hasSuffix("\n\n3 books: 2 kept, 1 removed.\n"))
    }

    @Test("A list may say which book is the previous one and which are pinned, and why")
    func marks() throws {
        let list = """
            [
              {"id": 4, "created_at": "2026-11-20T03:00:00Z", "is_active": true, "is_previous": false, "pinned": null},
              {"id": 3, "created_at": "2026-11-20T02:00:00Z", "is_active": false, "is_previous": true},
              {"id": 2, "created_at": "2026-11-20T01:00:00Z", "is_active": false, "pinned": "quote 4711"},
              {"id": 1, "created_at": "2026-11-20T00:00:00Z", "is_active": false,
               "pinned": {"note": "quote 4712", "by": "manual:ann", "at": "2026-11-20T00:00:00Z"}}
            ]
            """
        let document = try JSON(parsing: Self.succeed(Self.run("--books", "-", "--json", input: list)))
        #expect(document["removed"] == [])
        #expect(
            document["kept"]?.elements?.dropFirst().map { $0["reasons"] } == [
                ["previous"], ["pinned: quote 4711"], ["pinned: quote 4712"],
            ])
        #expect(document["kept"]?.elements?.map { $0["is_previous"] } == [false, true, false, false])
        #expect(document["kept"]?.elements?.map { $0["pinned"] } == [.null, .null, "quote 4711", "quote 4712"])
        let picture = try Self.succeed(Self.run("--books", "-", "--calendar", input: list))
        #expect(picture.contains("  * active   < previous   @ pinned\n"))
        for (marks, words) in [
            (#""is_previous": 1"#, "is_previous must be true or false"),
            (#""pinned": true"#, "pinned must be null, a note in quotes, or an object with a note"),
            (#""pinned": {"by": "manual:ann"}"#, "pinned must be null, a note in quotes, or an object with a note"),
            (#""is_previous": true"#, "it is active and cannot be the previous one as well"),
        ] {
            let bad = #"[{"id": 1, "created_at": "2026-11-20T00:00:00Z", "is_active": true, "# + marks + "}]"
            try Self.run("--books", "-", input: bad).expectRefusal(65, saying: "standard input, book 1: " + words)
        }
        let two = #"{"id": 1, "created_at": "2026-11-20T00:00:00Z", "is_active": false, "is_previous": true}"#
        try Self.run("--books", "-", input: "[\(two), \(two.replacing("1,", with: "2,"))]")
            .expectRefusal(65, saying: "book 2: it is the previous one, and so is book 1")
    }

    @Test("Of simulated nights the previous one is the night before")
    func previousNight() throws {
        let document = try JSON(
            parsing: Self.succeed(
                Self.run("--json", "--years", "2", "--keep-daily", "1", "--keep-weekly", "0", "--keep-monthly", "0")))
        #expect(
            document["kept"]?.elements?.map { $0["reasons"] } == [
                ["active", "daily 1 2026-11-20", "yearly 1 2026"], ["previous"], ["yearly 2 2025"], ["yearly 3 2024"],
            ])
    }

    @Test("What list --json prints is such a list", arguments: TestEngine.allCases)
    func listOfTheDatabase(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
        let list = try database.succeed("list", "--json").stdout
        let document = try JSON(
            parsing: Self.succeed(Self.run("--books", "-", "--json", "--keep-daily=1", input: list)))
        #expect(document["kept"]?.elements?.map { $0["id"] } == [1])
        #expect(document["removed"]?.elements?.map { $0["id"] } == [2])
    }

    @Test("No books, no active book and a book of the future are no errors")
    func oddLists() throws {
        for empty in ["[]", "\n[ ]\n", #"{"schema": 1, "books": []}"#] {
            #expect(try Self.succeed(Self.run("--books", "-", input: empty)) == "There are no books.\n")
            let document = try JSON(parsing: Self.succeed(Self.run("--books", "-", "--json", input: empty)))
            #expect(document["kept"] == [])
            #expect(document["removed"] == [])
        }
        let future = try Self.run(
            "--books", "-", "--json",
            input: """
                [{"id": 1, "created_at": "2026-11-20T03:05:00.001Z", "is_active": false, "note": ",]"}]
                """)
        #expect(try future.json["kept"]?[0]?["reasons"] == ["dated in the future"])
        #expect(
            future.stderr
                == "pnbook: warning: book 1 of 2026-11-20 03:05:00 UTC is dated in the future, is kept and takes no part\n"
        )
    }

    @Test("--quiet prints nothing")
    func quiet() throws {
        #expect(try Self.succeed(Self.run("--quiet")) == "")
        #expect(try Self.succeed(Self.run("--quiet", "--json", "--years", "1")) != "")
    }
}
