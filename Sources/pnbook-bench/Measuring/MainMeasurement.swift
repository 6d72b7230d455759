import Database

/// The table of ratios: floor, create, upstream's way, reading and removing, in rounds one after the other, so that what
/// the machine does meanwhile falls on all alike.
final class MainMeasurement {
    private let shop: Shop
    private let upstream: UpstreamBook
    private let partnumbers: [String]
    private var samples: [Line: Samples] = [:]
    private var lookUps: [Line: [Double]] = [:]

    /// The table's lines.
    enum Line: String, CaseIterable {
        case floor = "floor: INSERT ... SELECT in the server"
        case create = "create: the whole process"
        case dryRun = "create --dry-run: reading and rules alone"
        case upstream = "upstream's way: naive, 500 rows a statement"
        case pull = "pull of a book"
        case upstreamPull = "pull of a book, upstream's table"
        case lookUp = "look-up of a PN"
        case upstreamLookUp = "look-up of a PN, upstream's table"
        case removal = "removal of a book"
        case upstreamRemoval = "removal of a book, upstream's table"

        /// The line of ours that one of upstream's stands against.
        var ours: Line? {
            switch self {
            case .upstream: .create
            case .upstreamPull: .pull
            case .upstreamLookUp: .lookUp
            case .upstreamRemoval: .removal
            default: nil
            }
        }
    }

    /// Makes upstream's first book, untimed, and looks that it is the same as ours.
    ///
    /// - Parameter shop: with its base book and the side table.
    init(_ shop: Shop) throws {
        self.shop = shop
        Paper.note("upstream's tables")
        upstream = try UpstreamBook(shop)
        partnumbers = try shop.partnumbers(1000)
    }

    func run(rounds: Int) throws {
        for round in 1...rounds {
            Paper.note("round \(round) of \(rounds)")
            try runRound()
        }
    }

    private func runRound() throws {
        let floor = try Floor(shop: shop).run()
        add(floor.sample, .floor)
        _ = try shop.remove(floor.book)
        let ours = try shop.createBook()
        add(ours.sample, .create)
        add(try shop.dryRun(), .dryRun)
        add(try shop.remove(ours.id), .removal)
        let theirs = try upstream.run()
        add(theirs.sample, .upstream)
        add(try shop.remove(theirs.book, from: .upstream), .upstreamRemoval)
        try shop.database.settle()
        try read(.ours, shop.baseBook, .pull, .lookUp)
        try read(.upstream, upstream.baseBook, .upstreamPull, .upstreamLookUp)
    }

    private func read(_ tables: BookTables, _ book: Int64, _ pull: Line, _ lookUp: Line) throws {
        try shop.database.onConnection { connection in
            let reader = Reader(connection: connection, tables: tables, stopwatch: shop.stopwatch)
            add(try reader.pull(book, expecting: shop.items), pull)
            lookUps[lookUp, default: []] += try reader.lookUp(partnumbers, in: book)
        }
    }

    private func add(_ sample: Sample, _ line: Line) {
        samples[line, default: Samples()].add(sample)
    }

    // MARK: The table

    var text: String {
        var table = PlainTable(
            "", "rows", "seconds", "min", "max", "/floor", "/ours", "client CPU s", "server CPU s", "client MiB",
            "on disk MiB")
        for line in Line.allCases { table.add(cells(of: line)) }
        return """
            \(Figures.grouped(shop.recipe.mappings)) mappings, \(Figures.grouped(shop.items)) items in a book\
            \(shop.recipe.globs > 0 ? ", \(Figures.grouped(shop.recipe.globs)) patterns" : ""). \
            Of the mappings \(CatalogueRecipe.words).

            \(table.text)
            Seconds are medians; of a look-up p50 of 1 000 in each round (or of 5 s), prepare included. Client MiB is the peak of a \
            process of its own. On disk: what one book takes.

            """
    }

    private func cells(of line: Line) -> [String] {
        if let all = lookUps[line] {
            let ours = line.ours.flatMap { lookUps[$0] }?.quantile(0.5)
            return [
                line.rawValue, "1", Figures.significant(all.quantile(0.5)), Figures.significant(all.min()),
                Figures.significant(all.max()), Figures.none, Figures.ratio(all.quantile(0.5), to: ours), Figures.none,
                Figures.none, Figures.none, Figures.none,
            ]
        }
        guard let measured = samples[line] else { return [line.rawValue] + Array(repeating: Figures.none, count: 10) }
        let disk: Int? =
            switch line {
            case .create: shop.bytesOfBook
            case .upstream: upstream.bytes
            default: nil
            }
        return [
            line.rawValue, Figures.grouped(shop.items), Figures.significant(measured.seconds),
            Figures.significant(measured.minimum), Figures.significant(measured.maximum),
            Figures.ratio(measured.seconds, to: samples[.floor]?.seconds),
            Figures.ratio(measured.seconds, to: line.ours.flatMap { samples[$0]?.seconds }),
            Figures.significant(measured.clientProcessor), Figures.significant(measured.serverProcessor),
            Figures.mebibytes(measured.peakMemory), Figures.mebibytes(disk),
        ]
    }
}
