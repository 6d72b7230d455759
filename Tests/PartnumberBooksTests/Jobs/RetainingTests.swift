import Chronology
import Database
import ErrorModel
import PartnumberBooks
import Retention
import TestSupport
import Testing

@Suite("Retaining")
struct RetainingTests {
    private static let model = CatalogueModel(
        mappings: [.init(vendor: "", partnumber: "P", lot: "L", description: nil, isPrimary: true)], bundles: [],
        components: [], seen: [])

    /// Headers and one item each, made by another program on the given days of October 2026.
    private func addBooks(_ bench: BookBench, days: ClosedRange<Int>) throws {
        for day in days {
            let date = "2026-10-" + (day < 10 ? "0" : "") + String(day)
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\("PNBOOK-\(date)-001"), \(date + " 03:00:00.000"), 'manual:other', 0)
                """)
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn)
                VALUES (\(bench.writer.lastInsertedID), 'P', 'L', 1)
                """)
        }
    }

    @Test("A removed book goes with its items, and the others keep theirs", arguments: TestEngine.allCases)
    func removal(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        let first = try bench.create(at: "2026-11-20T01:00:00Z")
        let second = try bench.create(at: "2026-11-20T02:00:00Z")
        #expect(second.retention.removed.isEmpty)
        #expect(second.retention.plan?.kept.last?.reasons == ["previous"])
        let third = try bench.create(at: "2026-11-20T02:30:00Z")
        #expect(third.retention.removed.map(\.book.id) == [first.book.id])
        #expect(
            third.retention.removed.first?.reasons == [
                "day 2026-11-20 is represented by \(third.book.id)",
                "week 2026-W47 is represented by \(third.book.id)",
                "month 2026-11 is represented by \(third.book.id)", "year 2026 is represented by \(third.book.id)",
            ])
        #expect(
            third.retention.plan?.kept.first?.reasons == [
                "active", "made by this run", "daily 1 2026-11-20", "weekly 1 2026-W47", "monthly 1 2026-11",
                "yearly 1 2026",
            ])
        #expect(try bench.shelf.books().map(\.id) == [third.book.id, second.book.id])
        #expect(
            try bench.reader.rows("SELECT DISTINCT book_id FROM qt_partnumber_book_items ORDER BY book_id") {
                $0.integer(0)
            } == [second.book.id, third.book.id])
        // The ledger remembers.
        #expect(try bench.reader.count("SELECT COUNT(*) FROM pnbook_book_ledger WHERE removed_at IS NOT NULL") == 1)
    }

    @Test("A plan beyond the bound is held back, with its hash", arguments: TestEngine.allCases)
    func heldBack(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        try addBooks(bench, days: 1...28)
        let report = try bench.create()
        guard case .heldBack(let plan) = report.retention else {
            Issue.record("retention was not held back")
            return
        }
        #expect(plan.removed.count > 5)
        #expect(report.warnings.count == 1)
        guard case .heldBack(let refusal)? = report.warnings.first else {
            Issue.record("\(report.warnings)")
            return
        }
        #expect(refusal.remedy == .approvePlan(hash: plan.hash))
        #expect(try bench.shelf.books().count == 29)
        // By hand it is the same plan but for the run's own word for its book, and the same hash.
        let pruner = BookPruner(bench.writer, policy: .standard(zone: .utc), now: try instant("2026-11-20T04:00:00Z"))
        let byHand = try pruner.plan()
        #expect(byHand.hash == plan.hash)
        try pruner.carryOut(byHand, fence: nil) { _, _, _ in }
        #expect(try bench.shelf.books().map(\.id) == plan.kept.map(\.book.id))
        #expect(try bench.reader.count("SELECT COUNT(*) FROM qt_partnumber_book_items") == plan.kept.count)
        #expect(try pruner.plan().removed.isEmpty)
    }

    @Test("Five removals are carried out unasked, six are not", arguments: TestEngine.allCases)
    func atTheBound(engine: TestEngine) throws {
        let five = try BookBench(engine)
        try five.load(Self.model)
        // The days 26 to 31 stay as days, the 25th as its week.
        try addBooks(five, days: 20...31)
        let report = try five.create()
        let removed = report.retention.removed.map { $0.book.version.suffix(6) }
        #expect(removed == ["24-001", "23-001", "22-001", "21-001", "20-001"])
        #expect(report.retention.held.isEmpty)
        #expect(report.warnings == [])

        let six = try BookBench(engine)
        try six.load(Self.model)
        try addBooks(six, days: 19...31)
        let held = try six.create()
        #expect(held.retention.removed.isEmpty)
        #expect(held.retention.held.count == 6)
    }

    @Test("Another plan has another hash", arguments: TestEngine.allCases)
    func hash(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        try addBooks(bench, days: 1...14)
        let pruner = BookPruner(bench.writer, policy: .standard(zone: .utc), now: try instant("2026-11-20T04:00:00Z"))
        let before = try pruner.plan().hash
        #expect(try pruner.plan().hash == before)
        let later = BookPruner(bench.writer, policy: .standard(zone: .utc), now: try instant("2026-11-29T04:00:00Z"))
        #expect(try later.plan().hash == before)
        try addBooks(bench, days: 15...15)
        #expect(try pruner.plan().hash != before)
    }

    @Test("A book that becomes active after the plan was made is not removed", arguments: TestEngine.allCases)
    func activatedMeanwhile(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try addBooks(bench, days: 1...12)
        let pruner = BookPruner(bench.writer, policy: .standard(zone: .utc), now: try instant("2026-11-20T04:00:00Z"))
        let plan = try pruner.plan()
        let last = try #require(plan.removed.last).book
        try bench.writer.execute("UPDATE qt_partnumber_books SET is_active = 1 WHERE id = \(last.id)")
        let error = #expect(throws: PruneError.self) { try pruner.carryOut(plan, fence: nil) { _, _, _ in } }
        #expect(error?.book == last.version)
        #expect(error?.removedBefore.count == plan.removed.count - 1)
        // Whole, as it was.
        #expect(try bench.shelf.items.count(in: last.id) == 1)
    }

    @Test("A failure of retention never undoes the publication, and is reported", arguments: TestEngine.allCases)
    func failure(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        let first = try bench.create(at: "2026-11-20T01:00:00Z")
        // Somebody else's table refers to the old book, and will not let it go.
        let type = engine == .sqlite ? "INTEGER" : "BIGINT UNSIGNED"
        try bench.writer.execute(
            "CREATE TABLE favourites (book_id \(raw: type) NOT NULL, FOREIGN KEY (book_id) REFERENCES qt_partnumber_books (id))"
        )
        try bench.writer.execute("INSERT INTO favourites (book_id) VALUES (\(first.book.id))")
        try bench.create(at: "2026-11-20T01:30:00Z")
        let second = try bench.create(at: "2026-11-20T02:00:00Z")
        guard case .failed(_, let removed, let reason) = second.retention else {
            Issue.record("retention did not fail")
            return
        }
        #expect(removed == [])
        #expect(reason.string.contains(first.book.version))
        #expect(second.warnings.count == 1)
        #expect(try bench.shelf.activeBook()?.id == second.book.id)
        #expect(try bench.shelf.items.count(in: first.book.id) == 1)
    }

    @Test("A book of the future is kept, warned about, and takes no part", arguments: TestEngine.allCases)
    func future(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        try bench.writer.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES ('PNBOOK-2031-01-01-001', '2031-01-01 00:00:00.000', 'manual:other', 0)
            """)
        let report = try bench.create()
        // Its creation must be later than every older book's, so it is dated in the future itself.
        #expect(report.book.createdAt.iso8601 == "2031-01-01T00:00:00.001Z")
        #expect(report.book.version == "PNBOOK-2026-11-20-001")
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.text { DisplayText(of: $0) }.string.contains("PNBOOK-2031-01-01-001") == true)
        #expect(try bench.shelf.books().count == 2)
    }
}
