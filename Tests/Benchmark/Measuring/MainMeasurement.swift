import Database

/// The table of ratios: floor, create, upstream's way, reading and removing, in rounds one after the other, so that what
/// the machine does meanwhile falls on all alike.
final class MainMeasurement {
    private let catalogue: BenchmarkCatalogue
    private let upstream: UpstreamBook
    private let partnumbers: [String]
    private var samples: [Line: Samples] = [:]
    private var lookUps: [Line: [Double]] = [:]

    /// The table's lines.
    enum Line: String, CaseIterable {
        case floor = "floor: INSERT ... SELECT in the server"
        case create = "create: the whole process"
        case createAlone = "create with no book before it to compare with"
        case dryRun = "create --dry-run: reading and rules alone"
        case upstream = "upstream's way: naive, 500 rows a statement"
        case pull = "pull of a book"
        case upstreamPull = "pull of a book, upstream's table"
        case lookUp = "look-up of a PN"
        case upstreamLookUp = "look-up of a PN, upstream's table"
        case removal = "removal of a book"
        case upstreamRemoval = "removal of a book, upstream's table"

        /// The line of ours that one of upstream's stands against; and `create` itself for one that compares nothing.
        var ours: Line? {
            switch self {
            case .upstream, .createAlone: .create
            case .upstreamPull: .pull
            case .upstreamLookUp: .lookUp
            case .upstreamRemoval: .removal
            default: nil
            }
        }
    }

    /// Makes upstream's first book, untimed, and looks that it is the same as ours.
    ///
    /// - Parameter catalogue: with its base book and its items staged.
    init(_ catalogue: BenchmarkCatalogue) throws {
        self.catalogue = catalogue
        BenchmarkOutput.note("upstream's tables")
        upstream = try UpstreamBook(catalogue)
        partnumbers = try catalogue.partnumbers(1000)
    }

    func run(rounds: Int) throws {
        for round in 1...rounds {
            BenchmarkOutput.note("round \(round) of \(rounds)")
            try runRound()
        }
    }

    private func runRound() throws {
        let floor = try Floor(catalogue: catalogue).run()
        add(floor.sample, .floor)
        _ = try catalogue.remove(floor.book)
        let ours = try catalogue.createBook()
        add(ours.sample, .create)
        add(try catalogue.dryRun(), .dryRun)
        add(try catalogue.remove(ours.id), .removal)
        try catalogue.deactivate()
        let alone = try catalogue.createBook()
        add(alone.sample, .createAlone)
        _ = try catalogue.remove(alone.id)
        let theirs = try upstream.run()
        add(theirs.sample, .upstream)
        add(try catalogue.remove(theirs.book, from: .upstream), .upstreamRemoval)
        try catalogue.database.waitUntilIdle()
        try read(.ours, catalogue.baseBook, .pull, .lookUp)
        try read(.upstream, upstream.baseBook, .upstreamPull, .upstreamLookUp)
    }

    private func read(_ tables: BookTables, _ book: Int64, _ pull: Line, _ lookUp: Line) throws {
        try catalogue.database.onConnection { connection in
            let reader = Reader(connection: connection, tables: tables, stopwatch: catalogue.stopwatch)
            add(try reader.pull(book, expecting: catalogue.items), pull)
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
            \(NumberText.grouped(catalogue.recipe.mappings)) mappings, \(NumberText.grouped(catalogue.items)) items in a book\
            \(catalogue.recipe.globs > 0 ? ", \(NumberText.grouped(catalogue.recipe.globs)) patterns" : ""). \
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
                line.rawValue, "1", NumberText.significant(all.quantile(0.5)), NumberText.significant(all.min()),
                NumberText.significant(all.max()), NumberText.none, NumberText.ratio(all.quantile(0.5), to: ours),
                NumberText.none,
                NumberText.none, NumberText.none, NumberText.none,
            ]
        }
        guard let measured = samples[line] else {
            return [line.rawValue] + Array(repeating: NumberText.none, count: 10)
        }
        let disk: Int? =
            switch line {
            case .create: catalogue.bytesOfBook
            case .upstream: upstream.bytes
            default: nil
            }
        return [
            line.rawValue, NumberText.grouped(catalogue.items), NumberText.significant(measured.seconds),
            NumberText.significant(measured.minimum), NumberText.significant(measured.maximum),
            NumberText.ratio(measured.seconds, to: samples[.floor]?.seconds),
            NumberText.ratio(measured.seconds, to: line.ours.flatMap { samples[$0]?.seconds }),
            NumberText.significant(measured.clientProcessor), NumberText.significant(measured.serverProcessor),
            NumberText.mebibytes(measured.peakMemory), NumberText.mebibytes(disk),
        ]
    }
}
