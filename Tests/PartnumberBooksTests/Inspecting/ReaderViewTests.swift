import Chronology
import Database
import Harness
import PartnumberBooks
import Tasks
import TestSupport
import Testing

/// What another connection sees while books come and go around it (<doc:Publishing#One-commit>, <doc:ReaderProtocol#Promises>).
@Suite("A reader's view")
struct ReaderViewTests {
    @Test("A reader sees the whole old world or the whole new one", arguments: TestEngine.allCases)
    func duringPublication(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        let observer = try Observer(try bench.database.connect())
        let rows = 3000
        for round in 0..<6 {
            try bench.load(
                CatalogueModel(
                    mappings: (0..<rows + round).map {
                        .init(
                            vendor: "", partnumber: "PN-\($0)", lot: "LOT-\(round)", description: nil, isPrimary: true)
                    }, bundles: [], components: [], seen: []))
            if round == 1 { observer.start() }
            try bench.create(at: "2026-11-20T0\(round):00:00Z")
        }
        let (looks, broken) = try observer.stop()
        #expect(broken == [])
        #expect(looks > 3)
    }

    @Test("In the middle of the transaction readers see the old book", arguments: TestEngine.allCases)
    func inTheMiddle(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        let other = try bench.database.connect()
        let shelf = BookRepository(other)
        let model = CatalogueModel(
            mappings: (0..<20_000).map {
                .init(vendor: "", partnumber: "PN-\($0)", lot: "LOT", description: nil, isPrimary: true)
            }, bundles: [], components: [], seen: [])
        try bench.load(model)
        let first = try bench.create()
        let job = try bench.job(at: "2026-11-21T03:00:00Z")
        var looks = 0
        let task = try bench.startTask(at: "2026-11-21T03:00:00Z")
        _ = try job.run(
            task,
            itemsWritten: { _ in
                looks += 1
                let books = try shelf.books()
                #expect(books.map(\.id) == [first.book.id])
                #expect(books.first?.isActive == true)
                let items = try other.count("SELECT COUNT(*) FROM qt_partnumber_book_items")
                #expect(items == 20_000)
            })
        #expect(looks >= 2)
        #expect(try shelf.books().count == 2)
        other.close()
    }
}

/// Another program that looks at the books over and over, on a thread of its own.
private final class Observer {
    private let connection: any Connection
    private let broken = Locked<[String]>([])
    private var thread: LoopThread?

    init(_ connection: any Connection) throws {
        self.connection = connection
    }

    func start() {
        nonisolated(unsafe) let connection = connection
        thread = LoopThread { [broken] in
            let found: String?
            do { found = try Self.look(connection) } catch { found = "\(error)" }
            broken.withLock { if let found, $0.count < 5 { $0.append(found) } }
        }
    }

    /// The number of looks, and what broke a promise.
    func stop() throws -> (Int, [String]) {
        let looks = try thread?.stop() ?? 0
        connection.close()
        return (looks, broken.withLock { $0 })
    }

    /// One look, in one snapshot; what is wrong, or nil.
    private static func look(_ connection: any Connection) throws -> String? {
        try connection.transaction(.snapshot) {
            let shelf = BookRepository(connection)
            let books = try shelf.books()
            let active = books.filter(\.isActive)
            if active.count != 1 { return "\(active.count) active books of \(books.map(\.version))" }
            if active.first?.id != books.first?.id { return "the active book is not the newest" }
            for book in books where try shelf.items.count(in: book.id) < 3000 {
                return "\(book.version) has \(try shelf.items.count(in: book.id)) items"
            }
            let orphans = try connection.count(
                """
                SELECT COUNT(*) FROM qt_partnumber_book_items
                WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books)
                """)
            return orphans == 0 ? nil : "\(orphans) items without a header"
        }
    }
}
