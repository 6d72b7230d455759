import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Versions, ids and `created_at` when a day is long or a clock goes back (<doc:BookRules#Version>).
@Suite("Versions and clocks")
struct VersionTests {
    @Test("After 999 on one day comes 1000, and the order is that of numbers", arguments: TestEngine.allCases)
    func pastNineHundredNinetyNine(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        try database.insertBook(version: "PNBOOK-2026-11-20-999", createdAt: "2026-11-20 04:00:00.000")
        let thousand = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(thousand["book"]?["version"] == "PNBOOK-2026-11-20-1000")
        // 999 is gone now; the ledger knows of 1000 when the header goes as well.
        try database.insertBook(version: "PNBOOK-2026-11-20-999", createdAt: "2026-11-20 05:30:00.000")
        let next = try database.succeed("create", "--json", "--now", "2026-11-20T06:00:00Z").json
        #expect(next["book"]?["version"] == "PNBOOK-2026-11-20-1001")
        #expect(try database.succeed("show", "PNBOOK-2026-11-20-1001", "--json").json["is_active"] == true)
    }

    @Test("Versions 999 and 1000 of another program's are counted as numbers", arguments: TestEngine.allCases)
    func foreignVersions(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 2))
        for version in [
            "PNBOOK-2026-11-20-999", "PNBOOK-2026-11-20-1000", "PNBOOK-2026-11-20-draft", "BOOK-2026-11-20-5000",
        ] {
            try database.insertBook(version: version, createdAt: "2026-11-20 04:00:00.000")
        }
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-1001")
    }

    @Test("A version and an id are never given twice, also when their book is gone", arguments: TestEngine.allCases)
    func neverTwice(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        try database.succeed("create", "--now", "2026-11-20T04:00:00Z")
        #expect(try database.books() == ["PNBOOK-2026-11-20-002*", "PNBOOK-2026-11-20-001"])
        // The newest books are removed by hand.
        try database.run("DELETE FROM qt_partnumber_book_items", "DELETE FROM qt_partnumber_books")
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T05:00:00Z").json
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-003")
        #expect(document["book"]?["id"] == 3)
    }

    @Test(
        "When the clock went back, created_at still grows and the version has the earlier date",
        arguments: TestEngine.allCases)
    func clockWentBack(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        for number in 1...3 {
            let document = try database.succeed("create", "--json", "--now", "2026-11-18T03:00:00Z").json
            #expect(document["book"]?["version"] == .string("PNBOOK-2026-11-18-00\(number)"))
            #expect(document["book"]?["created_at"] == .string("2026-11-20T03:00:00.00\(number)Z"))
            // Whatever is dated after now is not judged by a clock that may be wrong.
            #expect(document["retention"]?["removed"] == [])
            #expect(document["task"]?["status"] == "completed_with_warnings")
            #expect(document["warnings"]?[0]?.string?.contains("dated in the future") == true)
        }
        #expect(
            try database.books() == [
                "PNBOOK-2026-11-18-003*", "PNBOOK-2026-11-18-002", "PNBOOK-2026-11-18-001", "PNBOOK-2026-11-20-001",
            ])
        // The reader's own rule finds the same book.
        let readers = try database.rows(
            "SELECT version FROM qt_partnumber_books WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1")
        #expect(readers == [["PNBOOK-2026-11-18-003"]])
        // When the clock is right again, the next night puts things in order.
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        #expect(try database.books() == ["PNBOOK-2026-11-21-001*", "PNBOOK-2026-11-18-003"])
    }

    @Test("Two books of the same millisecond are a millisecond apart", arguments: TestEngine.allCases)
    func sameMillisecond(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        let document = try database.succeed("create", "--json", "--now", "2026-11-20T03:00:00Z").json
        #expect(document["book"]?["created_at"] == "2026-11-20T03:00:00.001Z")
        #expect(document["book"]?["version"] == "PNBOOK-2026-11-20-002")
        // A millisecond in the future is within the tolerance: retention goes on.
        #expect(document["warnings"] == [])
        #expect(document["retention"]?["kept"]?.elements?.map { $0["id"] } == [2, 1])
        let third = try database.succeed("create", "--json", "--now", "2026-11-20T03:00:00Z").json
        #expect(third["book"]?["created_at"] == "2026-11-20T03:00:00.002Z")
        #expect(third["retention"]?["removed"]?.elements?.map { $0["id"] } == [1])
        // Of those three the order is known.
        #expect(try database.succeed("show", "previous", "--json").json["id"] == 2)
    }

    @Test("created_at is stored in UTC with milliseconds, whatever zone cuts the days", arguments: TestEngine.allCases)
    func storedTime(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.plain(parts: 2))
        try database.succeed("create", "--timezone", "Asia/Tokyo", "--now", "2026-11-20T23:30:00.125+02:00")
        #expect(
            try database.rows("SELECT version, created_at FROM qt_partnumber_books")
                == [["PNBOOK-2026-11-21-001", "2026-11-20 21:30:00.125"]])
    }
}
