import Database
import Harness
import TestSupport
import Testing

/// `show`: until when retention will keep a book, under the present rhythm.
@Suite("show: the life of a book")
struct ShowLifeTests {
    private static let now = "2026-11-20T12:00:00Z"

    private static func show(_ database: TestDatabase, _ name: String) throws -> (life: JSON?, rows: [String]) {
        let document = try database.succeed("show", name, "--json", "--now", now).json
        let text = try database.succeed("show", name, "--now", now).stdout
        let rows = text.split(separator: "\n").map(String.init)
        return (
            document["forecast"], rows.filter { $0.hasPrefix("until") || $0.hasPrefix("then") || $0.hasPrefix("assum") }
        )
    }

    /// A book of the program's, and older ones on `days`.
    private static func database(_ engine: TestEngine, _ days: [String]) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        for day in days { try database.insertBook(version: "PNBOOK-\(day)-001", createdAt: "\(day) 03:00:00.000") }
        return database
    }

    @Test(
        "In nights: by which tier it is kept at last, until when, and what takes its place",
        arguments: TestEngine.allCases)
    func nightly(engine: TestEngine) throws {
        let database = try Self.database(
            engine, ["2026-11-19", "2026-11-18", "2026-11-17", "2026-11-15", "2026-10-31", "2025-12-31"])
        let tonight = try Self.show(database, "active")
        #expect(
            tonight.life == [
                "every_days": 1, "observed_days": 7, "next_book": "2026-11-21T03:00:00.000Z",
                "kept_until": "2026-11-27T03:00:00.000Z", "last_reasons": ["daily 7 2026-11-20"],
                "removal_reasons": [
                    "day 2026-11-20 is older than the 7 days kept", "the book of 2026-11-22 represents week 2026-W47",
                    "the book of 2026-11-27 represents month 2026-11", "the book of 2026-11-27 represents year 2026",
                ],
            ])
        #expect(
            tonight.rows == [
                "until      about 2026-11-27, at last as daily 7 2026-11-20",
                "then       with the book of 2026-11-27, day 2026-11-20 is older than the 7 days kept",
                "assuming   a new book every day from 2026-11-21 on, estimated from the newest 7 days with books",
            ])
        #expect(
            try Self.show(database, "PNBOOK-2026-11-15-001").rows.prefix(2) == [
                "until     about 2026-12-14, at last as weekly 5 2026-W46",
                "then      with the book of 2026-12-14, week 2026-W46 is older than the 5 weeks kept",
            ])
        #expect(
            try Self.show(database, "PNBOOK-2026-10-31-001").rows.prefix(2) == [
                "until     about 2027-10-01, at last as monthly 12 2026-10",
                "then      with the book of 2027-10-01, month 2026-10 is older than the 12 months kept",
            ])
        #expect(
            try Self.show(database, "PNBOOK-2025-12-31-001").rows.prefix(2) == [
                "until     about 2035-01-01, at last as yearly 10 2025",
                "then      with the book of 2035-01-01, year 2025 is older than the 10 years kept",
            ])
    }

    @Test("In the rhythm of the newest books", arguments: TestEngine.allCases)
    func weekly(engine: TestEngine) throws {
        let database = try Self.database(engine, ["2026-11-13", "2026-11-06", "2026-10-30"])
        let shown = try Self.show(database, "PNBOOK-2026-11-13-001")
        #expect(shown.life?["every_days"] == 7)
        #expect(shown.life?["observed_days"] == 4)
        // Of the newer days the seventh is 1 January; a newer book represents the month by then.
        #expect(
            shown.rows == [
                "until     about 2027-01-01, at last as daily 7 2026-11-13",
                "then      with the book of 2027-01-01, day 2026-11-13 is older than the 7 days kept",
                "assuming  a new book every 7 days from 2026-11-27 on, estimated from the newest 4 days with books",
            ])
    }

    @Test("With few books nights are assumed, and a book that goes has no life", arguments: TestEngine.allCases)
    func fewBooks(engine: TestEngine) throws {
        let database = try Self.database(engine, [])
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 02:00:00.000")
        let shown = try Self.show(database, "active")
        #expect(shown.life?["observed_days"] == .null)
        #expect(
            shown.rows.last
                == "assuming   a new book every day from 2026-11-21 on; there are too few books to estimate an interval"
        )
        let going = try Self.show(database, "2")
        #expect(going.life == .null)
        #expect(going.rows == [])
    }

    @Test(
        "A book that no tier keeps goes when another is active, or when it is of the future no more",
        arguments: TestEngine.allCases)
    func noTier(engine: TestEngine) throws {
        let database = try Self.database(engine, [])
        try database.insertBook(version: "PNBOOK-2026-11-20-002", createdAt: "2026-11-20 04:00:00.000")
        #expect(
            try Self.show(database, "active").rows.prefix(2) == [
                "until      about 2026-11-22, at last as previous",
                "then       another book is the previous one, and no tier keeps this one",
            ])
        try database.run("UPDATE qt_partnumber_books SET created_at = '2026-11-22 00:00:00.000' WHERE id = 2")
        try database.insertBook(version: "PNBOOK-2026-11-22-002", createdAt: "2026-11-22 02:00:00.000")
        #expect(
            try Self.show(database, "2").rows.prefix(2) == [
                "until     about 2026-11-22, at last as dated in the future",
                "then      it is no longer in the future, and no tier keeps it",
            ])
    }
}
