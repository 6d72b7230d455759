import Chronology
import Database
import ErrorModel
import Migrations
import PartnumberBooks
import Retention
import Tasks
import TestSupport
import Testing

/// `previous`: recorded with each switch, kept by retention, and named like any other book.
@Suite("The previous book")
struct PreviousBookTests {
    private static func bench(_ engine: TestEngine) throws -> BookBench {
        let bench = try BookBench(engine)
        try bench.load(
            CatalogueModel(
                mappings: [.init(vendor: "", partnumber: "P", lot: "L", description: nil, isPrimary: true)],
                bundles: [],
                components: [], seen: []))
        return bench
    }

    private static func activate(_ name: String, _ bench: BookBench, at now: String = "2026-11-20T12:00:00Z") throws {
        let task = try bench.startTask(at: now)
        let job = ActivateBook(now: try instant(now)) { [database = bench.database] in try database.connect() }
        _ = try job.run(name, task)
        try task.finish(TaskResult(status: .completed, message: "done"))
    }

    @Test("A book of a minute ago is undone, also the second one of a day", arguments: TestEngine.allCases)
    func secondOfADay(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let night = try bench.create(at: "2026-11-20T03:00:00Z")
        let byHand = try bench.create(at: "2026-11-20T09:12:00Z")
        #expect(byHand.retention.removed.isEmpty)
        #expect(
            byHand.retention.plan?.kept.map(\.reasons.first) == ["active", "previous"])
        #expect(try bench.shelf.book(named: "previous").id == night.book.id)
        try Self.activate("previous", bench)
        #expect(try bench.shelf.activeBook()?.id == night.book.id)
        // And back again.
        #expect(try bench.shelf.book(named: "previous").id == byHand.book.id)
        try Self.activate("previous", bench)
        #expect(try bench.shelf.activeBook()?.id == byHand.book.id)
        #expect(try bench.shelf.book(named: "newest").id == byHand.book.id)
    }

    @Test("A third one lets the first go", arguments: TestEngine.allCases)
    func third(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let first = try bench.create(at: "2026-11-20T03:00:00Z")
        let second = try bench.create(at: "2026-11-20T09:12:00Z")
        let third = try bench.create(at: "2026-11-20T09:13:00Z")
        #expect(third.retention.removed.map(\.book.id) == [first.book.id])
        #expect(try bench.shelf.books().map(\.id) == [third.book.id, second.book.id])
        // What is recorded of a book goes with it.
        try Self.activate("previous", bench)
        #expect(
            try bench.reader.rows("SELECT book_id, replaced_id FROM pnbook_activations ORDER BY book_id") {
                [$0.integer(0), $0.integer(1)]
            } == [[second.book.id, third.book.id], [third.book.id, second.book.id]])
    }

    @Test(
        "After a roll-back it is the book that was rolled back, and the next night's it is the old one",
        arguments: TestEngine.allCases)
    func rollBack(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let books = try [18, 19, 20].map { try bench.create(at: "2026-11-\($0)T03:00:00Z").book.id }
        try Self.activate(String(books[0]), bench)
        #expect(try bench.shelf.book(named: "previous").id == books[2])
        let night = try bench.create(at: "2026-11-21T03:00:00Z")
        #expect(try bench.shelf.book(named: "previous").id == books[0])
        #expect(
            night.retention.plan?.kept.first { $0.book.id == books[0] }?.reasons == ["previous", "daily 4 2026-11-18"])
    }

    @Test("A previous book that was removed by hand has the one before it in its place", arguments: TestEngine.allCases)
    func removedByHand(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let books = try [18, 19, 20].map { try bench.create(at: "2026-11-\($0)T03:00:00Z").book.id }
        try bench.writer.execute("DELETE FROM qt_partnumber_book_items WHERE book_id = \(books[1])")
        try bench.writer.execute("DELETE FROM qt_partnumber_books WHERE id = \(books[1])")
        #expect(try bench.shelf.book(named: "previous").id == books[0])
    }

    @Test("A switch that is undone is not recorded", arguments: TestEngine.allCases)
    func undone(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        try bench.create(at: "2026-11-19T03:00:00Z")
        let before = try bench.reader.rows("SELECT book_id, sequence FROM pnbook_activations") {
            [$0.text(0), $0.text(1)]
        }
        try bench.writer.execute("DELETE FROM lot_partnumbers")
        #expect(throws: GuardRefusal.self) { try bench.create() }
        let after = try bench.reader.rows("SELECT book_id, sequence FROM pnbook_activations") {
            [$0.text(0), $0.text(1)]
        }
        #expect(after == before)
    }

    @Test("A program that records nothing may have made the active book", arguments: TestEngine.allCases)
    func unrecorded(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        let ours = try bench.create(at: "2026-11-19T03:00:00Z").book.id
        try bench.writer.execute("UPDATE qt_partnumber_books SET is_active = 0")
        try bench.writer.execute(
            """
            INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
            VALUES ('PNBOOK-2026-11-20-001', '2026-11-20 03:00:00.000', 'host', 1)
            """)
        #expect(try bench.shelf.book(named: "previous").id == ours)
    }

    @Test("Books are made, kept and rolled back where the tables are missing", arguments: TestEngine.allCases)
    func withoutTables(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        try bench.writer.execute("DROP TABLE pnbook_activations")
        try bench.writer.execute("DROP TABLE pnbook_pins")
        try BookBench.runner(on: bench.writer).requireComplete()
        let books = try [19, 20].map { try bench.create(at: "2026-11-\($0)T03:00:00Z").book.id }
        let byHand = try bench.create(at: "2026-11-20T09:12:00Z")
        #expect(byHand.warnings.isEmpty)
        #expect(try bench.shelf.books().map(\.id) == [byHand.book.id, books[1], books[0]])
        #expect(try bench.shelf.book(named: "previous").id == books[1])
        try Self.activate(String(books[0]), bench)
        #expect(try bench.shelf.book(named: "previous").id == byHand.book.id)
        #expect(try bench.job(at: "2026-11-20T10:00:00Z").dryRun().retention.plan?.kept.isEmpty == false)
        // A migration makes them, and what happens from then on is recorded.
        let migrating = try bench.database.connect(migrating: true)
        defer { migrating.close() }
        let runner = BookBench.runner(on: migrating)
        #expect(try runner.status().missingLaterTables.map(\.name) == ["pnbook_activations", "pnbook_pins"])
        #expect(try runner.status().pending == [])
        #expect(try runner.up { _, _, _ in }.isEmpty)
        #expect(try runner.status().isComplete)
        try Self.activate(String(books[1]), bench)
        #expect(try bench.shelf.book(named: "previous").id == books[0])
    }

    @Test("What a dry run says of retention is what the run then does", arguments: TestEngine.allCases)
    func dryRun(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        try bench.create(at: "2026-11-20T03:00:00Z")
        try bench.create(at: "2026-11-20T09:00:00Z")
        let dry = try bench.job(at: "2026-11-20T09:12:00Z").dryRun().retention
        let real = try bench.create(at: "2026-11-20T09:12:00Z").retention
        #expect(dry.removed.map(\.book.version) == real.removed.map(\.book.version))
        #expect(dry.plan?.kept.map(\.reasons) == real.plan?.kept.map(\.reasons))
        #expect(dry.plan?.kept.last?.reasons == ["previous"])
    }

    @Test("No name is guessed: what does not exist is said, and when it was removed", arguments: TestEngine.allCases)
    func names(engine: TestEngine) throws {
        let bench = try Self.bench(engine)
        for (name, words) in [
            ("active", "there is no active book yet"), ("previous", "there is no previous book"),
            ("newest", "there are no books yet"), ("Previous", "there is no book 'Previous'"),
        ] {
            let error = #expect(throws: BookNotFound.self) { try bench.shelf.book(named: name) }
            #expect(error?.description.contains(words) == true)
        }
        let first = try bench.create(at: "2026-11-20T03:00:00Z")
        #expect(throws: BookNotFound.self) { try bench.shelf.book(named: "previous") }
        try bench.create(at: "2026-11-20T09:00:00Z")
        try bench.create(at: "2026-11-20T09:12:00Z")
        for name in [String(first.book.id), first.book.version] {
            let error = #expect(throws: BookNotFound.self) { try bench.shelf.book(named: name) }
            #expect(
                error?.description.hasSuffix(
                    "there is no book '\(name)' any more: \(first.book.version) was removed at 2026-11-20 09:12:00 UTC")
                    == true, "\(String(describing: error))")
        }
    }
}
