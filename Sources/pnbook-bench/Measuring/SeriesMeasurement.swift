import Database

/// What a row costs `create` in small and large catalogues, among few and many books, without and with many patterns.
struct SeriesMeasurement {
    private let site: Site
    private let rounds: Int
    private let sizes: [Int]
    private var table = PlainTable(
        "create", "items", "books", "patterns", "seconds", "min", "max", "us/mapping", "client CPU s", "server CPU s",
        "client MiB")

    /// Books that 7 daily, 5 weekly, 12 monthly and 10 yearly come to.
    static let retainedBooks = 34
    static let patterns = 10_000
    /// Mappings of the catalogue among many books and with many patterns.
    static let usualSize = 100_000

    /// - Parameter limit: mappings of the largest catalogue.
    init(_ site: Site, rounds: Int, upTo limit: Int) {
        self.site = site
        self.rounds = rounds
        sizes = [10_000, 100_000, 1_000_000, 10_000_000].filter { $0 <= limit }
    }

    mutating func run() throws -> String {
        for size in sizes { try run(size) }
        return """
            create in series, \(rounds) \(rounds == 1 ? "round" : "rounds") each; the books beside the new one are as large as it.

            \(table.text)

            """
    }

    private mutating func run(_ size: Int) throws {
        Paper.note("series: \(Figures.grouped(size)) mappings")
        let database = try site.makeDatabase("series_\(size)")
        let shop = try Shop(database, CatalogueRecipe(mappings: size))
        let isUsual = size == min(Self.usualSize, sizes.last ?? 0)
        // Before anything else: the first book of all.
        let first = isUsual ? try rounds(of: shop) : nil
        try shop.makeBaseBook()
        if let first { add(first, shop, books: 0) }
        add(try rounds(of: shop), shop, books: 1)
        if isUsual {
            Paper.note("series: \(Self.retainedBooks) books")
            try shop.makeSideTable()
            try shop.addCopies(Self.retainedBooks - 1)
            add(try rounds(of: shop), shop, books: Self.retainedBooks)
            // So many of so few days would be retired, but retention holds back what removes more than five at once.
            let books = try database.onConnection { try $0.count("SELECT COUNT(*) FROM qt_partnumber_books") }
            guard books == Self.retainedBooks else {
                throw BenchError("retention has left \(books) of \(Self.retainedBooks) books: it was measured too")
            }
            Paper.note("series: \(Self.patterns) patterns")
            try shop.addPatterns(Self.patterns)
            add(try rounds(of: shop), shop, books: Self.retainedBooks, patterns: Self.patterns)
        }
        try database.drop()
    }

    private func rounds(of shop: Shop) throws -> Samples {
        var samples = Samples()
        for _ in 1...rounds {
            let (sample, book) = try shop.createBook()
            samples.add(sample)
            _ = try shop.remove(book)
        }
        return samples
    }

    private mutating func add(_ samples: Samples, _ shop: Shop, books: Int, patterns: Int = 0) {
        table.add(
            Figures.grouped(shop.recipe.mappings) + " mappings", Figures.grouped(shop.items), String(books),
            Figures.grouped(patterns), Figures.significant(samples.seconds), Figures.significant(samples.minimum),
            Figures.significant(samples.maximum),
            Figures.significant(samples.seconds / Double(shop.recipe.mappings) * 1_000_000),
            Figures.significant(samples.clientProcessor), Figures.significant(samples.serverProcessor),
            Figures.mebibytes(samples.peakMemory))
    }
}
