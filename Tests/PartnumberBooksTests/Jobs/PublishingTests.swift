import Chronology
import Database
import ErrorModel
import Foundation
import PartnumberBooks
import TestSupport
import Testing

@Suite("Publishing")
struct PublishingTests {
    private static func model(rows: Int, lot: String = "LOT") -> CatalogueModel {
        CatalogueModel(
            mappings: (0..<rows).map {
                .init(vendor: "v", partnumber: "PN-\($0)", lot: lot, description: nil, isPrimary: true)
            }, bundles: [], components: [], seen: [])
    }

    @Test("A book without items is never published, and the active book stays", arguments: TestEngine.allCases)
    func noItems(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 3))
        let first = try bench.create()
        try bench.load(Self.model(rows: 3, lot: " "))
        let refusal = #expect(throws: GuardRefusal.self) {
            try bench.create(at: "2026-11-21T03:00:00Z", allowShrink: true)
        }
        guard case .noItems(let tallies) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(tallies.rows == 3 && tallies.excluded.emptyLot == 3 && tallies.excluded.total == 3)
        #expect(
            "\(try #require(refusal))"
                == "the book would have no items (3 rows read, none kept: 3 without a LOT), and an "
                + "empty book is never published; the active book is unchanged")
        #expect(refusal?.remedy == .text("Look at lot_partnumbers: are the LOTs filled in?"))
        #expect(try bench.shelf.books().map(\.id) == [first.book.id])
        #expect(try bench.shelf.activeBook()?.id == first.book.id)
        #expect(try bench.reader.count("SELECT COUNT(*) FROM qt_partnumber_book_items") == 3)
        #expect(try bench.reader.count("SELECT COUNT(*) FROM pnbook_book_ledger") == 1)
    }

    @Test(
        "A book of fewer than half the items waits for --allow-shrink; exactly half does not",
        arguments: TestEngine.allCases)
    func shrunken(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 10))
        let first = try bench.create()
        try bench.load(Self.model(rows: 4))
        let refusals = [
            #expect(throws: GuardRefusal.self) { try bench.create(at: "2026-11-21T03:00:00Z") },
            #expect(throws: GuardRefusal.self) { try bench.job(at: "2026-11-21T03:00:00Z").dryRun() },
        ]
        for refusal in refusals {
            guard case .shrunken(let tallies, active: 10, version: first.book.version) = refusal else {
                Issue.record("\(String(describing: refusal))")
                continue
            }
            #expect(tallies.items == 4 && tallies.rows == 4 && tallies.excluded.total == 0)
        }
        #expect(try bench.shelf.activeBook()?.id == first.book.id)
        try bench.load(Self.model(rows: 5))
        #expect(try bench.create(at: "2026-11-21T03:00:00Z").book.items == 5)
        try bench.load(Self.model(rows: 1))
        #expect(try bench.create(at: "2026-11-22T03:00:00Z", allowShrink: true).book.items == 1)
    }

    @Test("The number after 999 is 1000, and after 1000 it is 1001", arguments: TestEngine.allCases)
    func manyOnOneDay(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 1))
        try bench.writer.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES ('PNBOOK-2026-11-20-999', '2026-11-20 02:00:00.000', 'manual:test', 0)
            """)
        #expect(try bench.create().book.version == "PNBOOK-2026-11-20-1000")
        #expect(try bench.create(at: "2026-11-20T03:00:01Z").book.version == "PNBOOK-2026-11-20-1001")
    }

    @Test("A version is not given again, though its book is long gone", arguments: TestEngine.allCases)
    func neverTwice(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 1))
        let first = try bench.create()
        try bench.create(at: "2026-11-20T03:30:00Z")
        let second = try bench.create(at: "2026-11-20T04:00:00Z")
        #expect(second.retention.removed.map(\.book.id) == [first.book.id])
        try bench.writer.execute("UPDATE qt_partnumber_books SET is_active = 0")
        try bench.writer.execute("DELETE FROM qt_partnumber_book_items")
        try bench.writer.execute("DELETE FROM qt_partnumber_books")
        let third = try bench.create(at: "2026-11-20T05:00:00Z")
        #expect(third.book.version == "PNBOOK-2026-11-20-004")
        #expect(third.book.id > second.book.id)
    }

    @Test("A clock that went back makes a later created_at all the same", arguments: TestEngine.allCases)
    func clockBack(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 1))
        let first = try bench.create(at: "2026-11-20T03:00:00.500Z")
        let back = try bench.create(at: "2026-11-19T03:00:00Z")
        #expect(back.book.version == "PNBOOK-2026-11-19-001")
        #expect(back.book.createdAt == first.book.createdAt.advanced(byMilliseconds: 1))
        let equal = try bench.create(at: "2026-11-20T03:00:00.501Z")
        #expect(equal.book.createdAt.iso8601 == "2026-11-20T03:00:00.502Z")
        #expect(try bench.shelf.books().first?.isActive == true)
        #expect(try bench.shelf.activeBook()?.id == equal.book.id)
    }

    @Test("The version's date is that of the configured zone", arguments: TestEngine.allCases)
    func zone(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 1))
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        let report = try bench.create(at: "2026-11-20T23:30:00Z", zone: berlin)
        #expect(report.book.version == "PNBOOK-2026-11-21-001")
        #expect(report.book.createdAt.iso8601 == "2026-11-20T23:30:00.000Z")
    }

    @Test("The database itself refuses a second active book", arguments: TestEngine.allCases)
    func oneActive(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 1))
        try bench.create()
        let error = #expect(throws: DatabaseError.self) {
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES ('PNBOOK-2026-11-21-001', '2026-11-21 03:00:00.000', 'manual:test', 1)
                """)
        }
        #expect(error?.kind == .uniqueViolation)
    }

    @Test("A text too long for a book fails the run and names the part number", arguments: TestEngine.allCases)
    func tooLong(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        // A host's own table, whose texts are longer than a book's.
        let type = engine == .sqlite ? "TEXT" : "MEDIUMTEXT CHARACTER SET utf8mb4"
        try bench.writer.execute("DROP TABLE lot_partnumbers")
        try bench.writer.execute(
            """
            CREATE TABLE lot_partnumbers (vendor VARCHAR(255) NOT NULL, partnumber VARCHAR(300) NOT NULL,
                lot_name VARCHAR(255) NULL, description \(raw: type) NULL, is_primary_pn TINYINT(1) NOT NULL DEFAULT 1)
            """)
        let fits = String(repeating: "я", count: 10_000)
        try bench.load(
            CatalogueModel(
                mappings: [.init(vendor: "", partnumber: "P1", lot: "L", description: fits, isPrimary: true)],
                bundles: [], components: [], seen: []))
        #expect(try bench.create().book.items == 1)
        try bench.load(
            CatalogueModel(
                mappings: [.init(vendor: "", partnumber: "P2", lot: "L", description: fits + "!", isPrimary: true)],
                bundles: [], components: [], seen: []))
        #expect(
            throws: BookDataError.tooLong(field: "description", characters: 10_001, limit: 10_000, partnumber: "P2")
        ) {
            try bench.create(at: "2026-11-21T03:00:00Z")
        }
        #expect(try bench.shelf.books().count == 1)
    }

    @Test("A dry run writes nothing and says what would be", arguments: TestEngine.allCases)
    func dryRun(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(rows: 2))
        try bench.create(at: "2026-11-20T00:30:00Z")
        try bench.create(at: "2026-11-20T01:00:00Z")
        let report = try bench.job(at: "2026-11-20T03:00:00Z").dryRun()
        #expect(report.isDryRun)
        #expect(report.book.version == "PNBOOK-2026-11-20-003")
        #expect(report.retention.removed.map(\.book.version) == ["PNBOOK-2026-11-20-001"])
        #expect(try bench.shelf.books().map(\.version) == ["PNBOOK-2026-11-20-002", "PNBOOK-2026-11-20-001"])
        #expect(try bench.reader.count("SELECT COUNT(*) FROM qt_partnumber_book_items") == 4)
        let made = try bench.create(at: "2026-11-20T03:00:00Z")
        #expect(made.book.version == report.book.version)
        #expect(made.book.digest == report.book.digest)
    }
}
