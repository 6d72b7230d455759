import Database
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// Flags of every type and spelling: the same book on both engines and in every encoding of a SQLite file, and the one that the
/// naive rules make.
@Suite("Flags of every spelling")
struct SpelledFlagsTests {
    enum Store: String, CaseIterable, Sendable {
        case utf8
        case utf16LittleEndian
        case utf16BigEndian
        case mariadb

        func bench() throws -> BookBench {
            switch self {
            case .utf8: try BookBench(.sqlite)
            case .utf16LittleEndian: try BookBench(TestDatabase(sqliteIn: "UTF-16le"))
            case .utf16BigEndian: try BookBench(TestDatabase(sqliteIn: "UTF-16be"))
            case .mariadb: try BookBench(.mariadb)
            }
        }
    }

    @Test("Each type of column gives the naive book", arguments: Store.allCases)
    func differential(store: Store) throws {
        let bench = try store.bench()
        var books = 0
        for (index, column) in NaiveFlag.Column.all.enumerated() {
            var random = SplitMix64(seed: UInt64(index))
            // Of few rows, so that something is left where half of all rules ignore.
            let (model, flags) = RandomCatalogue.make(seed: UInt64(100 + index), size: 60).withFlags(
                of: column, &random)
            try load(model, flags, column, into: bench)
            let outcome = Result { try bench.create(allowShrink: true) }
            switch (NaiveBook.build(model), outcome) {
            case (.cycle, .failure(BookDataError.cycle)): continue
            case (.book(let naive), .failure(GuardRefusal.noItems)): #expect(naive.items.isEmpty, "\(column)")
            case (.book(let naive), .success(let report)):
                #expect(report.tallies.digest == naive.digest, "\(column)")
                #expect(report.tallies.ignoreRules == naive.ignoreRules, "\(column)")
                #expect(report.tallies.excluded.ignored == naive.excluded.ignored, "\(column)")
                books += 1
            case (_, let outcome): Issue.record("\(column): \(outcome)")
            }
        }
        #expect(books > NaiveFlag.Column.all.count / 2)
    }

    private func load(
        _ model: CatalogueModel, _ flags: SpelledFlags, _ column: NaiveFlag.Column, into bench: BookBench
    ) throws {
        try bench.load(CatalogueModel(mappings: [], bundles: model.bundles, components: model.components, seen: []))
        let connection = bench.writer
        let isSQLite = connection.engine == .sqlite
        let text = isSQLite ? "" : "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
        let long = isSQLite ? "" : "TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
        let flag = isSQLite ? column.sqlite : column.mariadb + " NULL"
        for table in ["lot_partnumbers", "qt_vendor_partnumber_seen"] {
            try connection.execute("DROP TABLE \(identifier: table)")
        }
        try connection.execute(
            """
            CREATE TABLE lot_partnumbers (vendor \(raw: text), partnumber \(raw: text), lot_name \(raw: text),
                description \(raw: long), is_primary_pn \(raw: flag))
            """)
        try connection.execute(
            """
            CREATE TABLE qt_vendor_partnumber_seen (partnumber \(raw: text), is_ignored \(raw: flag), is_pattern \(raw: flag))
            """)
        try connection.transaction(.write) {
            for (row, flag) in zip(model.mappings, flags.isPrimary) {
                try connection.execute(
                    """
                    INSERT INTO lot_partnumbers
                    VALUES (\(row.vendor), \(row.partnumber), \(row.lot), \(row.description), \(raw: flag.literal))
                    """)
            }
            for (row, flags) in zip(model.seen, zip(flags.isIgnored, flags.isPattern)) {
                try connection.execute(
                    """
                    INSERT INTO qt_vendor_partnumber_seen
                    VALUES (\(row.partnumber), \(raw: flags.0.literal), \(raw: flags.1.literal))
                    """)
            }
        }
    }

    @Test(
        "Numbers where texts belong are their usual decimal texts, the same on both engines", arguments: Store.allCases)
    func numbers(store: Store) throws {
        let bench = try store.bench()
        let connection = bench.writer
        try connection.execute("DROP TABLE lot_partnumbers")
        let isSQLite = connection.engine == .sqlite
        let types = isSQLite ? ["", "", "", ""] : ["FLOAT", "BIGINT", "DOUBLE", "DECIMAL(8,2)"]
        try connection.execute(
            """
            CREATE TABLE lot_partnumbers (vendor \(raw: types[0]), partnumber \(raw: types[1]), lot_name \(raw: types[2]),
                description \(raw: types[3]), is_primary_pn INTEGER)
            """)
        // What a DECIMAL column fills with zeros is a text to SQLite.
        let description = isSQLite ? "'7.50'" : "7.5"
        for values in [
            "1.1, 4711, 0.00005, \(description)", "2, -1, 1e16, NULL", "3, 9223372036854775807, 2.0, NULL",
            "4, 0, 123456.75, NULL",
        ] {
            try connection.execute("INSERT INTO lot_partnumbers VALUES (\(raw: values), 1)")
        }
        let items = try bench.items(of: try bench.create().book.id)
        #expect(
            items.map { "\($0.partnumber) \($0.lot) \($0.description ?? "-")" } == [
                "-1 10000000000000000 -", "0 123456.75 -", "4711 0.00005 7.50", "9223372036854775807 2 -",
            ])
    }
}
