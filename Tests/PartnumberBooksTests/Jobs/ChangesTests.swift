import Chronology
import Database
import ErrorModel
import Harness
import PartnumberBooks
import Retention
import Tasks
import TestSupport
import Testing

/// What a run says its book changes, against a naive comparison of the two books.
@Suite("What a book changes")
struct ChangesTests {
    private static let later = "2026-11-21T03:00:00Z"

    private static func counts(_ report: CreateReport) throws -> NaiveDiff {
        NaiveDiff(try #require(report.changes).counts)
    }

    /// Makes pairs of books, and checks what each second one says of itself in a dry run, in the run, and as a diff.
    private func compare(on bench: BookBench, seeds: ClosedRange<UInt64>) throws {
        var kinds = 0
        for seed in seeds {
            let model = RandomCatalogue.make(seed: seed, size: 40 + Int(seed % 4) * 60)
            let edited = EditedCatalogue.make(of: model, seed: seed)
            try bench.load(model)
            guard let first = try? bench.create(allowShrink: true) else { continue }
            try bench.load(edited)
            guard let preview = try? bench.job(at: Self.later, allowShrink: true).dryRun() else { continue }
            let before = try bench.items(of: first.book.id)
            let second = try bench.create(at: Self.later, allowShrink: true)
            let naive = NaiveDiff(before, try bench.items(of: second.book.id))
            #expect(try Self.counts(second) == naive, "seed \(seed)")
            #expect(second.changes?.since == BookName(id: first.book.id, version: first.book.version))
            #expect(preview.changes == second.changes, "seed \(seed)")
            #expect(second.warnings.allSatisfy { !$0.text { "\($0)" }.contains("not known") }, "seed \(seed)")
            #expect(try diff(bench, "\(first.book.id)", "active") == naive, "seed \(seed)")
            #expect(try diff(bench, "\(first.book.id)", "catalogue") == naive, "seed \(seed)")
            #expect(try diff(bench, "catalogue", "active").unchanged == second.book.partnumbers, "seed \(seed)")
            kinds = max(kinds, naive.kinds)
        }
        #expect(kinds == 5, "every kind of change happens")
    }

    private func diff(_ bench: BookBench, _ first: String, _ second: String) throws -> NaiveDiff {
        let connections = (try bench.database.connect(), try bench.database.connect())
        defer {
            connections.0.close()
            connections.1.close()
        }
        try connections.0.begin(.snapshot)
        try connections.1.begin(.snapshot)
        let diff = try BookDiff.compare(
            from: DiffSide(first, on: connections.0, temporaryFolder: bench.database.folder),
            to: DiffSide(second, on: connections.1, temporaryFolder: bench.database.folder), limit: 0)
        return NaiveDiff(diff.counts)
    }

    @Test("It is what comparing every part number gives, whatever is in the catalogue", arguments: TestEngine.allCases)
    func differential(engine: TestEngine) throws {
        try compare(on: try BookBench(engine), seeds: 1...16)
    }

    @Test("So it is where the table has another order than a book")
    func otherOrder() throws {
        let bench = try BookBench(.mariadb)
        try bench.writer.execute(
            """
            ALTER TABLE qt_partnumber_book_items DROP PRIMARY KEY, ADD INDEX by_book (book_id),
                MODIFY partnumber VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL
            """)
        try compare(on: bench, seeds: 1...6)
        try compare(on: try BookBench(TestDatabase(sqliteIn: "UTF-16le")), seeds: 1...6)
    }

    @Test("The first book of all has nothing to be compared with", arguments: TestEngine.allCases)
    func first(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(["A", "B"]))
        #expect(try bench.job().dryRun().changes == nil)
        let report = try bench.create()
        #expect(report.changes == nil && report.warnings == [])
    }

    // MARK: What goes wrong

    private static func model(_ partnumbers: [String]) -> CatalogueModel {
        CatalogueModel(
            mappings: partnumbers.map {
                .init(vendor: "", partnumber: $0, lot: "L", description: nil, isPrimary: true)
            }, bundles: [], components: [], seen: [])
    }

    /// Runs the job on connections that do something before each of their calls.
    private func create(
        _ bench: BookBench, tally: RunTally = RunTally(), allowShrink: Bool = false,
        before: @escaping (CreateBook.Role, ConnectionCall) throws -> Void
    ) throws -> CreateReport {
        var options = CreateBook.Options(
            now: try instant(Self.later), zone: .utc, createdBy: "manual:test", policy: .standard(zone: .utc),
            temporaryFolder: bench.database.folder)
        options.allowShrink = allowShrink
        let job = CreateBook(options: options) { role in
            ForwardingConnection(try bench.database.connect()) { try before(role, $0) }
        }
        let task = try bench.startTask(at: Self.later)
        defer { _ = task.fail("the test is over") }
        return try job.run(task, tally: tally)
    }

    private static func error(_ kind: DatabaseError.Kind) -> DatabaseError {
        DatabaseError(kind: kind, engine: .mariadb, code: 4711, message: "made by the test", place: "here")
    }

    /// Whether a call reads the items of the book before.
    private static func readsItems(_ call: ConnectionCall) -> Bool {
        if case .forEachRow(let sql) = call { sql.text.hasPrefix("SELECT \(columns)") } else { false }
    }

    private static let columns = "partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items"

    @Test(
        "A comparison that fails never costs the book: it is made again afterwards, or its failure noted",
        arguments: TestEngine.allCases, [1, 2])
    func failure(engine: TestEngine, failures: Int) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(["A", "B"]))
        let first = try bench.create()
        try bench.load(Self.model(["B", "C"]))
        let failed = Locked(0)
        let report = try create(bench) { _, call in
            guard Self.readsItems(call) else { return }
            let isBroken = failed.withLock { count in
                count += 1
                return count <= failures
            }
            if isBroken { throw Self.error(.connectionLost) }
        }
        #expect(try bench.shelf.activeBook()?.id == report.book.id)
        guard failures > 1 else {
            #expect(try Self.counts(report).added == 1 && Self.counts(report).removed == 1)
            #expect(report.warnings == [])
            return
        }
        #expect(report.changes == nil)
        #expect(
            report.warnings == [
                .note(
                    "the book is published, but what it changes since \(first.book.version) is not known: "
                        + "\(Self.error(.connectionLost))")
            ])
    }

    @Test("Where another program activates another book meanwhile, that is the one compared with")
    func activatedMeanwhile() throws {
        let bench = try BookBench(.mariadb)
        try bench.load(Self.model(["A", "B"]))
        let first = try bench.create()
        try bench.load(Self.model(["A", "B", "C"]))
        try bench.create(at: "2026-11-20T23:00:00Z")
        try bench.load(Self.model(["B", "C"]))
        let report = try create(bench) { role, call in
            guard role == .writer, case .send = call else { return }
            let other = try bench.database.connect()
            defer { other.close() }
            try other.execute("UPDATE qt_partnumber_books SET is_active = 0 WHERE id <> \(first.book.id)")
            try other.execute("UPDATE qt_partnumber_books SET is_active = 1 WHERE id = \(first.book.id)")
        }
        #expect(report.changes?.since.id == first.book.id)
        #expect(
            try Self.counts(report) == NaiveDiff([Self.item("A"), Self.item("B")], [Self.item("B"), Self.item("C")]))
    }

    private static func item(_ partnumber: String) -> NaiveItem {
        NaiveItem(partnumber: partnumber, lot: "L", isPrimary: true, description: nil)
    }

    // MARK: The tally of a run that fails

    @Test("A refused run has counted everything, and what it would have changed", arguments: TestEngine.allCases)
    func refused(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(["A", "B", "C"]))
        try bench.create()
        try bench.load(Self.model(["A"]))
        for isDryRun in [false, true] {
            let tally = RunTally()
            #expect(throws: GuardRefusal.self) {
                if isDryRun {
                    try bench.job(at: Self.later).dryRun(tally: tally)
                } else {
                    try create(bench, tally: tally) { _, _ in }
                }
            }
            let counted = try #require(tally.counted)
            #expect(counted.isMerged && counted.tallies.rows == 1 && counted.tallies.items == 1)
            #expect(counted.changes?.counts.removed == 2 && counted.changes?.counts.same == 1)
        }
    }

    @Test(
        "A run that fails while it writes has counted everything, too; one that could not read has counted nothing",
        arguments: TestEngine.allCases)
    func failedWrite(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        try bench.load(Self.model(["A", "B", " "]))
        let tally = RunTally()
        #expect(throws: DatabaseError.self) {
            try create(bench, tally: tally) { _, call in
                if case .send = call { throw Self.error(.full) }
            }
        }
        let counted = try #require(tally.counted)
        #expect(counted.isMerged && counted.tallies.rows == 3 && counted.tallies.items == 2)
        #expect(counted.tallies.excluded.emptyPartnumber == 1 && counted.changes == nil)
        let nothing = RunTally()
        #expect(throws: DatabaseError.self) {
            try create(bench, tally: nothing) { role, call in
                if role == .reader, case .begin = call { throw Self.error(.missingTable) }
            }
        }
        #expect(nothing.counted == nil)
    }
}
