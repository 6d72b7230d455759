import Chronology
import Database
import ErrorModel
import Harness
import PartnumberBooks
import Tasks
import TestSupport
import Testing

@testable import Operations

/// Runs by a wrong clock, and a shelf on which one has left a book of the future.
@Suite("A wrong clock")
struct ClockTests {
    /// A run in this process whose machine has this clock.
    private static func context(_ database: TestDatabase, _ clock: RunClock) throws -> RunContext {
        let url = try DatabaseURL(parsing: try database.url)
        return RunContext(
            databaseURL: url, trigger: .scheduled, clock: clock, connections: ConnectionFactory(to: url))
    }

    private static func machine(_ instant: Instant) -> RunClock { RunClock(nil, machine: { instant }) }

    private static func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private static func later(_ milliseconds: Int64) -> Instant {
        Instant.fromSystemClock().advanced(byMilliseconds: milliseconds)
    }

    @Test(
        "What dates or removes books is refused before anything is written, what only reads or activates is not",
        arguments: TestEngine.allCases,
        [
            "1970-01-01T00:00:10Z", "2000-01-01T00:00:00Z", "2033-01-01T00:00:00Z", "9998-12-30T03:00:00Z",
        ]
    )
    func refused(engine: TestEngine, now: String) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        let context = try Self.context(database, Self.machine(try Self.at(now)))
        try database.expectUntouched { () throws -> Void in
            let refusal = #expect(throws: ClockRefusal.self) { try BookCreation(.init(), context).run() }
            #expect(refusal?.category == .refused)
            #expect(throws: ClockRefusal.self) {
                try BookRetention(approval: nil, whenBusy: .fail, context).run()
            }
            var dry = BookCreation.Request()
            dry.isDryRun = true
            #expect(try BookCreation(dry, context).run().report.book.items == 3)
            #expect(try BookRetention(approval: nil, whenBusy: .fail, context).plan().kept.count >= 1)
        }
        #expect(try BookActivation("1", whenBusy: .fail, context).run().book.id == 1)
    }

    @Test("A migration that a run would apply first is not applied", arguments: TestEngine.allCases)
    func migrations(engine: TestEngine) throws {
        let database = try TestDatabase(engine)
        try database.load(Catalogues.plain(parts: 3))
        var request = BookCreation.Request()
        request.appliesMigrations = true
        let context = try Self.context(database, Self.machine(try Self.at("1970-01-01T00:00:10Z")))
        try database.expectUntouched {
            _ = #expect(throws: ClockRefusal.self) { try BookCreation(request, context).run() }
        }
    }

    @Test("A clock a day from the server's is refused on an empty shelf; one within a day is not")
    func server() throws {
        let database = try TestDatabase.loaded(.mariadb, Catalogues.plain(parts: 3))
        let day = ClockGuard.contradiction
        for offset in [-day - 60_000, day + 60_000] {
            let context = try Self.context(database, Self.machine(Self.later(offset)))
            let refusal = #expect(throws: ClockRefusal.self) { try BookCreation(.init(), context).run() }
            guard case .serverDiffers? = refusal else {
                Issue.record("\(String(describing: refusal))")
                return
            }
        }
        let context = try Self.context(database, Self.machine(Self.later(day - 60_000)))
        #expect(try BookCreation(.init(), context).run().report.book.id == 1)
    }

    @Test("A time that is set is meant, whatever it is", arguments: TestEngine.allCases)
    func meant(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for now in ["9998-12-30T03:00:00Z", "2026-11-21T03:00:00Z", "1970-01-01T00:00:00Z"] {
            try database.succeed("create", "--now", now)
            try database.succeed("prune", "--now", now)
        }
        #expect(try database.books().count == 4)
    }

    @Test("A server that is days away is broken, and the code is a refusal's")
    func serverInDoctor() throws {
        let report = { (difference: Int64) in
            ServerStatus(version: "10.11.6", isReadOnly: false, clockDifference: difference, tables: [])
        }
        let url = try DatabaseURL(parsing: "mariadb://ann@h/s?tls=disable")
        for difference in [86_400_000, -86_400_000, .max, .min] as [Int64] {
            let clock = ServerCheck(report(difference), at: url).diagnoses.filter { $0.topic == "clock" }
            #expect(clock.map(\.level) == [.broken] && clock.first?.category == .refused)
        }
        let near = ServerCheck(report(86_399_999), at: url).diagnoses.filter { $0.topic == "clock" }
        #expect(near.map(\.level) == [.note])
    }

    // MARK: After it

    @Test(
        "doctor's statement takes the books out of the future: order, growth and contents stay, nights and retention work again",
        arguments: TestEngine.allCases)
    func again(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for day in ["2026-11-21", "2026-11-22", "9998-12-30", "2026-11-23", "2026-11-24"] {
            try database.succeed("create", "--now", "\(day)T03:00:00Z")
        }
        let morning = ["--now", "2026-11-24T09:00:00Z"]
        let order = try database.books()
        try Self.paste(database, morning, saying: "PNBOOK-2026-11-24-001 and 2 more are dated in the future")

        #expect(try database.books() == order)
        let times = try database.succeed("list", "--json").json["books"]?.elements?.map {
            $0["created_at"]?.string ?? ""
        }
        #expect(
            times == [
                "2026-11-24T09:00:00.000Z", "2026-11-23T09:00:00.000Z", "2026-11-23T08:59:59.999Z",
                "2026-11-22T03:00:00.000Z", "2026-11-21T03:00:00.000Z", "2026-11-20T03:00:00.000Z",
            ])
        let recorded = try database.rows("SELECT created_at FROM pnbook_book_ledger ORDER BY book_id DESC").map {
            $0[0]
        }
        #expect(
            recorded == (try database.rows("SELECT created_at FROM qt_partnumber_books ORDER BY id DESC").map { $0[0] })
        )
        let night = try database.succeed("create", "--json", "--now", "2026-11-25T03:00:00Z").json
        #expect(night["book"]?["created_at"] == "2026-11-25T03:00:00.000Z" && night["warnings"] == .array([]))
        // The book of the wrong night had to give way to that of its day.
        #expect(night["retention"]?["removed"]?.elements?.map { $0["version"] } == ["PNBOOK-9998-12-30-001"])
        for day in 26...30 { try database.succeed("create", "--now", "2026-11-\(day)T03:00:00Z") }
        #expect(
            try database.books() == [
                "PNBOOK-2026-11-30-001*", "PNBOOK-2026-11-29-001", "PNBOOK-2026-11-28-001", "PNBOOK-2026-11-27-001",
                "PNBOOK-2026-11-26-001", "PNBOOK-2026-11-25-001", "PNBOOK-2026-11-24-001", "PNBOOK-2026-11-22-001",
            ])
        try database.succeed("verify", "--against-catalogue")
    }

    @Test("Also at the end of all time, and of a book that nothing is known of", arguments: TestEngine.allCases)
    func endOfTime(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        try database.insertBook(version: "by hand", createdAt: "2026-11-21 03:00:00.000")
        try database.run("UPDATE qt_partnumber_books SET created_at = '9999-12-31 23:59:59.999' WHERE id = 2")
        let morning = ["--now", "2026-11-22T09:00:00Z"]
        try database.pnbook(["create"] + morning).expectRefusal(
            65, saying: "the end of the year 9999", "'pnbook doctor'")
        try Self.paste(database, morning, saying: "by hand is dated in the future, up to 9999-12-31 23:59:59 UTC")
        let night = try database.succeed("create", "--json", "--now", "2026-11-23T03:00:00Z").json
        #expect(night["book"]?["created_at"] == "2026-11-23T03:00:00.000Z")
    }

    /// Runs what `doctor` says, as an administrator would.
    private static func paste(_ database: TestDatabase, _ now: [String], saying words: String) throws {
        let sick = try database.pnbook(["doctor", "--json"] + now)
        #expect(sick.code == 14, "\(sick.stdout)")
        let finding = try #require(
            try sick.json["findings"]?.elements?.first { $0["topic"] == "future books" && $0["level"] == "broken" })
        #expect(finding["found"]?.string?.hasPrefix(words) == true, "\(finding)")
        let statements = try #require(finding["fix"]?.string).split(separator: "\n")
        #expect(statements.allSatisfy { $0.hasSuffix(";") })
        for statement in statements { try database.run(SQL(raw: String(statement.dropLast()))) }
        let well = try database.pnbook(["doctor", "--json"] + now)
        let broken = try well.json["findings"]?.elements?.filter { $0["level"] == "broken" }.compactMap {
            $0["topic"]?.string
        }
        // A night that has failed before that stays one until the next has a book.
        #expect(Set(try #require(broken)).isSubset(of: ["last run"]), "\(well.stdout)")
    }
}
