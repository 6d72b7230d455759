import Chronology
import Database
import PartnumberBooks
import Retention
import Tasks
import TestSupport
import Testing

/// The fence is what keeps a run from publishing and removing that could not be told that it was presumed dead: its own
/// row still says that it runs.
@Suite("Fencing")
struct FencingTests {
    private static let model = CatalogueModel(
        mappings: [.init(vendor: "", partnumber: "P", lot: "L", description: nil, isPrimary: true)], bundles: [],
        components: [], seen: [])

    /// What a later run does first.
    private static let take: SQL = "UPDATE pnbook_fences SET token = token + 1, task_id = 'another'"

    private static func expectRevoked(_ error: (any Error)?) {
        #expect((error as? Cancelled)?.reason == .revoked, "\(error.map { "\($0)" } ?? "no error")")
    }

    @Test("A later run's token in the publishing transaction: nothing is published", arguments: TestEngine.allCases)
    func publishing(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        let first = try bench.create()
        let task = try bench.startTask(at: "2026-11-21T03:00:00Z")
        let options = CreateBook.Options(
            now: try instant("2026-11-21T03:00:00Z"), zone: .utc, createdBy: "manual:test",
            policy: .standard(zone: .utc), temporaryFolder: bench.database.folder)
        let job = CreateBook(options: options) { role in
            // It has the token by the time it reads.
            if role == .reader { try bench.writer.execute(Self.take) }
            return try bench.database.connect()
        }
        Self.expectRevoked(#expect(throws: Cancelled.self) { try job.run(task) })
        #expect(try bench.shelf.books().map(\.id) == [first.book.id])
        #expect(try bench.shelf.activeBook()?.id == first.book.id)
        #expect(try bench.reader.count("SELECT COUNT(*) FROM qt_partnumber_book_items") == 1)
        #expect(try bench.reader.count("SELECT COUNT(*) FROM pnbook_book_ledger") == 1)
    }

    @Test("A later run's token before a removal: nothing more is removed", arguments: TestEngine.allCases)
    func removing(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model)
        try bench.create(at: "2026-11-20T01:00:00Z")
        for hour in 2...3 {
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\("BY-HAND-\(hour)"), \("2026-11-20 00:0\(hour):00.000"), 'manual:other', 0)
                """)
            try bench.writer.execute(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn)
                VALUES (\(bench.writer.lastInsertedID), 'P', 'L', 1)
                """)
        }
        let task = try bench.startTask()
        let fence = try FencingToken(raising: .books, on: bench.writer, for: task)
        let pruner = BookPruner(
            bench.writer, policy: .standard(zone: .utc), now: try instant("2026-11-20T03:00:00Z"))
        let plan = try pruner.plan()
        #expect(plan.removed.map(\.book.version) == ["BY-HAND-3", "BY-HAND-2"])
        let error = #expect(throws: PruneError.self) {
            try pruner.carryOut(plan, fence: fence) { index, _, _ in
                if index == 1 { try bench.writer.execute(Self.take) }
            }
        }
        Self.expectRevoked(error?.cause)
        #expect(error?.removedBefore == ["BY-HAND-3"])
        #expect(try bench.shelf.books().map(\.version) == ["PNBOOK-2026-11-20-001", "BY-HAND-2"])
    }
}
