import Database

/// What a row costs `create` in small and large catalogues, among few and many books, without and with many patterns.
struct SeriesMeasurement {
    private let environment: BenchmarkEnvironment
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
    init(_ environment: BenchmarkEnvironment, rounds: Int, upTo limit: Int) {
        self.environment = environment
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
        BenchmarkOutput.note("series: \(NumberText.grouped(size)) mappings")
        let database = try environment.makeDatabase("series_\(size)")
        let catalogue = try BenchmarkCatalogue(database, CatalogueRecipe(mappings: size))
        let isUsual = size == min(Self.usualSize, sizes.last ?? 0)
        // Before anything else: the first book of all.
        let first = isUsual ? try rounds(of: catalogue) : nil
        try catalogue.makeBaseBook()
        if let first { add(first, catalogue, books: 0) }
        add(try rounds(of: catalogue), catalogue, books: 1)
        if isUsual {
            BenchmarkOutput.note("series: \(Self.retainedBooks) books")
            try catalogue.stageItems()
            try catalogue.addCopies(Self.retainedBooks - 1)
            add(try rounds(of: catalogue), catalogue, books: Self.retainedBooks)
            // So many of so few days would be retired, but retention holds back what removes more than five at once.
            let books = try database.onConnection { try $0.count("SELECT COUNT(*) FROM qt_partnumber_books") }
            guard books == Self.retainedBooks else {
                throw BenchmarkError("retention has left \(books) of \(Self.retainedBooks) books: it was measured too")
            }
            BenchmarkOutput.note("series: \(Self.patterns) patterns")
            try catalogue.addPatterns(Self.patterns)
            add(try rounds(of: catalogue), catalogue, books: Self.retainedBooks, patterns: Self.patterns)
        }
        try database.drop()
    }

    private func rounds(of catalogue: BenchmarkCatalogue) throws -> Samples {
        var samples = Samples()
        for _ in 1...rounds {
            let (sample, book) = try catalogue.createBook()
            samples.add(sample)
            _ = try catalogue.remove(book)
        }
        return samples
    }

    private mutating func add(_ samples: Samples, _ catalogue: BenchmarkCatalogue, books: Int, patterns: Int = 0) {
        table.add(
            NumberText.grouped(catalogue.recipe.mappings) + " mappings", NumberText.grouped(catalogue.items),
            String(books),
            NumberText.grouped(patterns), NumberText.significant(samples.seconds),
            NumberText.significant(samples.minimum),
            NumberText.significant(samples.maximum),
            NumberText.significant(samples.seconds / Double(catalogue.recipe.mappings) * 1_000_000),
            NumberText.significant(samples.clientProcessor), NumberText.significant(samples.serverProcessor),
            NumberText.mebibytes(samples.peakMemory))
    }
}
