import Chronology
import Database
import ErrorModel
import PartnumberBooks
import Retention
import Tasks
import TestSupport
import Testing

/// Which errors the main job outlives by beginning again, and how often.
@Suite("Beginning again")
struct BeginningAgainTests {
    private static let model = CatalogueModel(
        mappings: [.init(vendor: "", partnumber: "P", lot: "L", description: nil, isPrimary: true)], bundles: [],
        components: [], seen: [])

    private static func error(_ kind: DatabaseError.Kind) -> DatabaseError {
        DatabaseError(kind: kind, engine: .mariadb, code: 4711, message: "made by the test", place: "here")
    }

    /// Runs the job, whose first `failures` attempts to read fail.
    ///
    /// - Returns: the report, and how many attempts there were.
    private static func run(
        _ bench: BookBench, failing failures: Int, with error: any Error
    ) throws -> (report: Result<CreateReport, any Error>, attempts: Int) {
        try bench.load(model)
        let now = try instant("2026-11-20T03:00:00Z")
        let options = CreateBook.Options(
            now: now, zone: .utc, createdBy: "manual:test", policy: .standard(zone: .utc),
            temporaryFolder: bench.database.folder)
        var attempts = 0
        let job = CreateBook(options: options) { role in
            if role == .reader {
                attempts += 1
                if attempts <= failures { throw error }
            }
            return try bench.database.connect()
        }
        let task = try bench.startTask()
        defer { _ = task.fail("the test is over") }
        return (Result { try job.run(task) }, attempts)
    }

    @Test(
        "What may pass is tried again, and the report says what it was", arguments: TestEngine.allCases,
        [.deadlock, .snapshotConflict, .lockTimeout, .connectionLost, .unreachable, .uniqueViolation]
            as [DatabaseError.Kind])
    func passing(engine: TestEngine, kind: DatabaseError.Kind) throws {
        let bench = try BookBench(engine)
        let (report, attempts) = try Self.run(bench, failing: 1, with: Self.error(kind))
        #expect(attempts == 2)
        #expect(try report.get().warnings == [.note("started over: here: made by the test (MariaDB 4711)")])
        #expect(try bench.shelf.books().map(\.version) == ["PNBOOK-2026-11-20-001"])
    }

    @Test("So is a conflict that could not be undone by hand", arguments: TestEngine.allCases)
    func undone(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        for kind in [DatabaseError.Kind.deadlock, .unreachable] {
            let broken = try bench.database.connect()
            try broken.begin(.write)
            broken.close()
            let error = try #require(
                throws: TransactionError.self, performing: { try broken.rollback(after: Self.error(kind)) })
            let (report, attempts) = try Self.run(bench, failing: 1, with: error)
            #expect(attempts == 2)
            #expect(try report.get().warnings.count == 1)
        }
    }

    @Test("What will not pass by itself is tried once", arguments: TestEngine.allCases)
    func lasting(engine: TestEngine) throws {
        for kind in [DatabaseError.Kind.full, .constraintViolation, .missingTable, .readOnly, .other] {
            let bench = try BookBench(engine)
            let (report, attempts) = try Self.run(bench, failing: 1, with: Self.error(kind))
            #expect(attempts == 1)
            #expect(throws: DatabaseError.self) { try report.get() }
            #expect(try bench.shelf.books().isEmpty)
        }
    }

    @Test("After three attempts it is the error's turn", arguments: TestEngine.allCases)
    func thrice(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        let (report, attempts) = try Self.run(bench, failing: 3, with: Self.error(.deadlock))
        #expect(attempts == 3)
        let error = #expect(throws: DatabaseError.self) { try report.get() }
        #expect(error?.kind == .deadlock)
        #expect(try bench.shelf.books().isEmpty)
    }
}
