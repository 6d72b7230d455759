import Chronology
import Database
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A naive second implementation, SQLite and MariaDB make the same book of any catalogue.
@Suite("Random catalogues")
struct RandomBookTests {
    static let rounds: UInt64 = 100

    @Test("Both engines make the book that the naive rules make", arguments: TestEngine.allCases)
    func differential(engine: TestEngine) throws {
        try compareBooks(on: try BookBench(engine), rounds: Self.rounds)
    }

    @Test("So does a SQLite file in UTF-16, whichever way round", arguments: ["UTF-16le", "UTF-16be"])
    func utf16(encoding: String) throws {
        try compareBooks(on: try BookBench(TestDatabase(sqliteIn: encoding)), rounds: Self.rounds / 4)
    }

    private func compareBooks(on bench: BookBench, rounds: UInt64) throws {
        var books = 0
        var refusals = 0
        for seed in 1...rounds {
            let model = RandomCatalogue.make(seed: seed, size: 40 + Int(seed % 5) * 40)
            try bench.load(model)
            // Every other book is sorted through temporary files: half of the memory just holds a record of 10,000 characters.
            let memory = seed % 2 == 0 ? 96 << 10 : 12 << 20
            let outcome = Result { try bench.create(allowShrink: true, sortMemory: memory) }
            switch (NaiveBook.build(model), outcome) {
            case (.cycle(let cycles), .failure(let error as BookDataError)):
                guard case .cycle(let cycle, _) = error else {
                    Issue.record("seed \(seed): \(error) and not one of \(cycles)")
                    continue
                }
                let found = Set(cycle.bundles.map(NaiveText.key))
                #expect(cycles.contains { Set($0) == found }, "seed \(seed): \(cycle) is none of \(cycles)")
                refusals += 1
            case (.book(let naive), .failure(GuardRefusal.noItems(let tallies))):
                #expect(naive.items.isEmpty && tallies.rows == naive.sourceRows, "seed \(seed)")
                refusals += 1
            case (.book(let naive), .success(let report)):
                try compare(naive, report, try bench.items(of: report.book.id), seed)
                books += 1
            case (let naive, let outcome):
                Issue.record("seed \(seed): \(outcome), and naively \(naive)")
            }
        }
        // The generator must not drift into nothing but refusals.
        #expect(books > Int(rounds) / 2)
        #expect(refusals > 0)
    }

    private func compare(_ naive: NaiveBook, _ report: CreateReport, _ items: [NaiveItem], _ seed: UInt64) throws {
        let tallies = report.tallies
        #expect(items == naive.items, "seed \(seed)")
        #expect(tallies.digest == naive.digest, "seed \(seed)")
        #expect(tallies.rows == naive.sourceRows, "seed \(seed)")
        #expect(tallies.bundles == naive.bundles, "seed \(seed)")
        #expect(tallies.ignoreRules == naive.ignoreRules, "seed \(seed)")
        #expect(tallies.excluded.emptyPartnumber == naive.excluded.emptyPartnumber, "seed \(seed)")
        #expect(tallies.excluded.emptyLot == naive.excluded.emptyLot, "seed \(seed)")
        #expect(tallies.excluded.ignored == naive.excluded.ignored, "seed \(seed)")
        #expect(tallies.excluded.emptyBundle == naive.excluded.emptyBundle, "seed \(seed)")
        #expect(tallies.expandedRows == naive.expandedRows, "seed \(seed)")
        #expect(tallies.mergedDuplicates == naive.mergedDuplicates, "seed \(seed)")
        #expect(tallies.quantitiesDropped == naive.quantitiesDropped, "seed \(seed)")
        #expect(tallies.conflicts == naive.conflictCount, "seed \(seed)")
        #expect(tallies.conflictSample == naive.conflictSample, "seed \(seed)")
        #expect(tallies.items == naive.items.count, "seed \(seed)")
        #expect(tallies.partnumbers == naive.partnumbers, "seed \(seed)")
        #expect((tallies.unreachedCycle != nil) == naive.hasUnreachedCycle, "seed \(seed)")
        // Rows kept and rows excluded are rows read.
        #expect(tallies.excluded.total <= tallies.rows)
    }

    @Test(
        "A catalogue in the host's own collations gives the same book",
        arguments: ["utf8mb4_general_ci", "latin1_swedish_ci"])
    func hostCollations(collation: String) throws {
        let bench = try BookBench(.mariadb)
        let reference = try BookBench(.sqlite)
        let charset = String(collation.prefix { $0 != "_" })
        let keyless =
            "CREATE OR REPLACE TABLE lot_partnumbers (vendor VARCHAR(255) NOT NULL, partnumber VARCHAR(255) NOT NULL,"
            + " lot_name VARCHAR(255) NULL, note BLOB NULL, description VARCHAR(10000) NULL,"
            + " is_primary_pn TINYINT(1) NOT NULL DEFAULT 1) CHARACTER SET \(charset) COLLATE \(collation)"
        try bench.writer.execute(SQL(raw: keyless))
        let model = CatalogueModel(
            mappings: [
                .init(vendor: "", partnumber: "abc", lot: "LOT", description: nil, isPrimary: false),
                .init(vendor: "x", partnumber: "ABC", lot: "LOT", description: "é", isPrimary: true),
                .init(vendor: "x", partnumber: "abc ", lot: "lot", description: " ", isPrimary: true),
                .init(vendor: "y", partnumber: "straße", lot: "Kit", description: "ß", isPrimary: true),
                .init(vendor: "y", partnumber: "strasse", lot: "kit ", description: nil, isPrimary: true),
                .init(vendor: "z", partnumber: "ÄB", lot: "LOT", description: nil, isPrimary: true),
            ],
            bundles: ["KIT"], components: [.init(bundle: "KIT", lot: "PART", quantity: 2)],
            seen: [.init(partnumber: "äb", isIgnored: true, isPattern: false)])
        try bench.load(model)
        try reference.load(model)
        let book = try bench.create()
        let expected = try reference.create().book.id
        let items = try bench.items(of: book.book.id)
        #expect(try items == reference.items(of: expected))
        #expect(book.tallies.excluded.ignored == 1)
        #expect(book.tallies.expandedRows == 2)
    }
}
