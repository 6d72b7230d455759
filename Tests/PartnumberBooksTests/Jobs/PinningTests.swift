import Chronology
import Database
import Harness
import PartnumberBooks
import Retention
import TestSupport
import Testing

/// `pin` and `unpin`: a pinned book is never removed, whichever plan was made before.
@Suite("Pinning")
struct PinningTests {
    /// Books of the days 1 to `days` of October 2026, the last of them active.
    private static func bench(_ engine: TestEngine, days: Int = 12) throws -> BookBench {
        let bench = try BookBench(engine)
        for day in 1...days {
            let date = "2026-10-" + (day < 10 ? "0" : "") + String(day)
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\("PNBOOK-\(date)-001"), \(date + " 03:00:00.000"), 'manual:other', \(day == days ? 1 : 0))
                """)
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn)
                VALUES (\(bench.writer.lastInsertedID), 'P', 'L', 1)
                """)
        }
        return bench
    }

    private static func pruner(_ connection: any Connection) throws -> BookPruner {
        BookPruner(connection, policy: .standard(zone: .utc), now: try instant("2026-10-12T04:00:00Z"))
    }

    @discardableResult
    private static func pin(
        _ name: String, _ note: String = "quote 4711", on connection: any Connection
    ) throws -> PinBook.Report {
        try PinBook(connection).pin(name, note: note, by: "manual:ann", at: instant("2026-10-12T03:30:00Z"))
    }

    private static func pins(_ bench: BookBench) throws -> BookMarks {
        try bench.shelf.marks(of: bench.shelf.books())
    }

    @Test(
        "A pin is recorded with note, who and when, and keeps its book at no tier's expense",
        arguments: TestEngine.allCases)
    func kept(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let before = try Self.pruner(bench.writer).plan()
        let oldest = try #require(before.removed.last).book
        let report = try Self.pin(oldest.version, on: bench.writer)
        #expect(report.before == nil && report.exists)
        let pin = try #require(Self.pins(bench).pins[oldest.id])
        #expect(pin == report.after)
        #expect(pin.note == "quote 4711" && pin.by == "manual:ann" && pin.version == oldest.version)
        #expect(pin.at.iso8601 == "2026-10-12T03:30:00.000Z")
        let after = try Self.pruner(bench.writer).plan()
        #expect(after.kept.map(\.book.id) == before.kept.map(\.book.id) + [oldest.id])
        #expect(after.kept.last?.reasons == ["pinned: quote 4711"])
        #expect(after.removed.map(\.reasons) == Array(before.removed.dropLast().map(\.reasons)))
        #expect(after.hash != before.hash)
        // A book that a tier keeps anyway changes no decision, and so no hash.
        try Self.pin("active", on: bench.writer)
        #expect(try Self.pruner(bench.writer).plan().hash == after.hash)
        try Self.pruner(bench.writer).carryOut(after, fence: nil) { _, _, _ in }
        #expect(try bench.shelf.books().map(\.id) == after.kept.map(\.book.id))
    }

    @Test("Pinned again, a book has the new note; the same note changes nothing", arguments: TestEngine.allCases)
    func again(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let first = try Self.pin("1", on: bench.writer)
        let same = try PinBook(bench.writer).pin(
            "1", note: "quote 4711", by: "manual:bob", at: instant("2026-10-13T00:00:00Z"))
        #expect(same.before == first.after && same.after == first.after)
        let other = try Self.pin("PNBOOK-2026-10-01-001", "quote 4712", on: bench.writer)
        #expect(other.before == first.after && other.after?.note == "quote 4712")
        #expect(try Self.pins(bench).pins.count == 1)
        #expect(try PinBook(bench.writer).unpin("1").before == other.after)
        #expect(try Self.pins(bench).pins.isEmpty)
        let none = try PinBook(bench.writer).unpin("1")
        #expect(none.before == nil && none.after == nil && none.exists)
    }

    @Test("A note is stored as it is, up to 200 characters; an empty one is refused", arguments: TestEngine.allCases)
    func notes(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        for note in ["  two\nlines\t\u{1B}[31m '\"\\ % ", String(repeating: "й", count: 199) + "😀", "e\u{301}", "null"]
        {
            try Self.pin("2", note, on: bench.writer)
            #expect(try Self.pins(bench).pins[2]?.note.unicodeScalars.elementsEqual(note.unicodeScalars) == true)
        }
        for note in ["", " \t\n\u{A0}"] {
            #expect(throws: PinRefusal.emptyNote) { try Self.pin("2", note, on: bench.writer) }
        }
        #expect(throws: PinRefusal.longNote(201)) {
            try Self.pin("2", String(repeating: "x", count: 201), on: bench.writer)
        }
        #expect(try Self.pins(bench).pins[2]?.note == "null")
    }

    @Test(
        "A pin that is left of a book removed by hand is harmless, and is forgotten by id or version",
        arguments: TestEngine.allCases, ["1", "PNBOOK-2026-10-01-001"])
    func left(engine: TestEngine, name: String) throws {
        let bench = try Self.bench(engine)
        try Self.pin("1", on: bench.writer)
        try bench.writer.execute("DELETE FROM qt_partnumber_book_items WHERE book_id = 1")
        try bench.writer.execute("DELETE FROM qt_partnumber_books WHERE id = 1")
        #expect(try Self.pruner(bench.writer).plan().kept.allSatisfy { !$0.reasons.contains("pinned: quote 4711") })
        let report = try PinBook(bench.writer).unpin(name)
        #expect(!report.exists && report.version == "PNBOOK-2026-10-01-001")
        #expect(throws: BookNotFound.self) { try PinBook(bench.writer).unpin(name) }
        #expect(throws: BookNotFound.self) { try Self.pin("1", on: bench.writer) }
    }

    @Test("A plan made before the pin does not remove the book, approved or not", arguments: TestEngine.allCases)
    func pinnedMeanwhile(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let pruner = try Self.pruner(bench.writer)
        let plan = try pruner.plan()
        let book = try #require(plan.removed.dropFirst().first).book
        try Self.pin(String(book.id), on: bench.reader)
        let done = try pruner.carryOut(plan, fence: nil) { _, _, _ in }
        #expect(done.removed.map(\.book.id) == plan.removed.map(\.book.id).filter { $0 != book.id })
        #expect(done.kept.map(\.book.id) == (plan.kept.map(\.book.id) + [book.id]).sorted(by: >))
        #expect(done.kept.first { $0.book.id == book.id }?.reasons == ["pinned: quote 4711"])
        #expect(done.hash == plan.hash)
        #expect(try bench.shelf.items.count(in: book.id) == 1)
        // The plan as it is now is another one.
        let job = PruneBooks(
            bench.writer, policy: .standard(zone: .utc), now: try instant("2026-10-12T04:00:00Z"), approval: plan.hash)
        #expect(throws: PruneRefusal.self) { try job.plan() }
    }

    @Test(
        "A pin waits for a removal that has begun, and then says that the book is gone", arguments: TestEngine.allCases)
    func pinDuringRemoval(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let plan = try Self.pruner(bench.writer).plan()
        let book = try #require(plan.removed.first).book
        nonisolated(unsafe) let other = try bench.database.connect()
        defer { other.close() }
        let pinning = Locked<OtherThread<String>?>(nil)
        let removing = ForwardingConnection(bench.writer) { call in
            guard case .execute(let sql) = call, sql.text.contains("qt_partnumber_book_items"),
                pinning.withLock({ $0 == nil })
            else { return }
            pinning.withLock {
                $0 = OtherThread { (try? Self.pin(String(book.id), on: other)) == nil ? "gone" : "pinned" }
            }
        }
        try Self.pruner(removing).carryOut(plan, fence: nil) { _, _, _ in }
        #expect(try pinning.withLock { $0 }?.wait() == "gone")
        #expect(try Self.pins(bench).pins.isEmpty)
        #expect(try !bench.shelf.books().contains { $0.id == book.id })
    }

    @Test("A removal waits for a pin that is being set, and keeps the book", arguments: TestEngine.allCases)
    func removalDuringPin(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let plan = try Self.pruner(bench.writer).plan()
        let book = try #require(plan.removed.first).book
        nonisolated(unsafe) let other = try bench.database.connect()
        defer { other.close() }
        let removing = Locked<OtherThread<[Int64]>?>(nil)
        let pinner = ForwardingConnection(bench.writer) { call in
            guard case .commit = call, removing.withLock({ $0 == nil }) else { return }
            removing.withLock {
                $0 = OtherThread {
                    try Self.pruner(other).carryOut(plan, fence: nil) { _, _, _ in }.removed.map(\.book.id)
                }
            }
        }
        try Self.pin(String(book.id), on: pinner)
        #expect(try removing.withLock { $0 }?.wait() == plan.removed.map(\.book.id).filter { $0 != book.id })
        #expect(try bench.shelf.items.count(in: book.id) == 1)
    }

    @Test("Where the table is missing a pin is refused by name, and nothing is pinned", arguments: TestEngine.allCases)
    func noTable(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        try bench.writer.execute("DROP TABLE pnbook_pins")
        #expect(throws: PinRefusal.noTable) { try Self.pin("1", on: bench.writer) }
        #expect(try PinBook(bench.writer).unpin("1").before == nil)
        #expect(try bench.reader.count("SELECT COUNT(*) FROM pnbook_fences WHERE task_id = 'pinned'") == 0)
    }
}
