import Database
import PartnumberBooks
import TestSupport
import Testing

/// A published book never changes, also where the database would change it by itself and nobody has looked before.
@Suite("Headers that change by themselves")
struct ChangedByItselfTests {
    private static let model = CatalogueModel(
        mappings: (0..<3).map {
            .init(vendor: "v", partnumber: "PN-\($0)", lot: "LOT", description: nil, isPrimary: true)
        }, bundles: [], components: [], seen: [])

    @Test(
        "A trigger that dates the old book or the new one otherwise is noticed, and nothing is published",
        arguments: TestEngine.allCases)
    func trigger(engine: TestEngine) throws {
        let columns = ["created_at": "'2020-01-01 00:00:00.000'", "created_by": "'nobody'", "version": "NEW.id"]
        for (column, value) in columns {
            let bench = try BookBench(engine)
            try bench.load(Self.model)
            let first = try bench.create()
            let body =
                switch engine {
                case .mariadb: "BEFORE UPDATE ON qt_partnumber_books FOR EACH ROW SET NEW.\(column) = \(value)"
                case .sqlite:
                    "AFTER UPDATE OF is_active ON qt_partnumber_books BEGIN UPDATE qt_partnumber_books "
                        + "SET \(column) = \(value) WHERE id = NEW.id; END"
                }
            let connection = try bench.database.connect()
            try connection.execute("CREATE TRIGGER late \(raw: body)")
            let error = #expect(throws: PublicationError.self) { try bench.create(at: "2026-11-21T03:00:00Z") }
            guard case .changedByItself(let header, _, let to) = error else {
                Issue.record("\(column): \(String(describing: error))")
                continue
            }
            #expect(header == "book \(first.book.id)")
            #expect(to.contains(value == "NEW.id" ? "\(first.book.id), " : value.filter { $0 != "'" }))
            #expect(try bench.shelf.activeBook()?.id == first.book.id)
            #expect(try bench.shelf.books().count == 1)
        }
    }
}
