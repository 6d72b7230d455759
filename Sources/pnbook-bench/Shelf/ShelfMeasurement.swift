import Database

/// What one book costs among as many equal ones as retention keeps, against what it costs alone: its pull by a reader with
/// the server's own settings, and its removal as the program does it.
struct ShelfMeasurement {
    private let shop: Shop
    private let rounds: Int

    /// One line of the table.
    private struct Line {
        let name: String
        var alone = Case()
        var among = Case()
    }

    private struct Case {
        var samples = Samples()
        var plan: Plan?
    }

    private var pull = Line(name: "pull of a book, the server's own settings")
    private var removal = Line(name: "removal of a book, as the program does it")

    /// Books that 7 daily, 5 weekly, 12 monthly and 10 yearly come to at most.
    static let books = 34

    /// Pulls in each round: they are short, and what else the machine does falls on some of them.
    private static let pulls = 3

    /// - Parameter shop: with its base book alone, and the side table. Afterwards it is full.
    init(_ shop: Shop, rounds: Int) {
        self.shop = shop
        self.rounds = rounds
    }

    mutating func run() throws -> String {
        let program = try ProgramRemoval(overheardIn: shop)
        for round in 1...rounds {
            Paper.note("shelf: alone, round \(round) of \(rounds)")
            try measurePull(of: shop.baseBook, \.alone)
            // The active one stays.
            try fill(to: 2)
            try measureRemoval(by: program, \.alone)
        }
        for round in 1...rounds {
            Paper.note("shelf: \(Self.books) books, round \(round) of \(rounds)")
            try fill(to: Self.books)
            try measurePull(of: try oldest(), \.among)
            try measureRemoval(by: program, \.among)
        }
        return text
    }

    /// Adds copies of the base book until there are so many, each newer than the one before.
    private func fill(to count: Int) throws {
        for _
            in 0..<(count
            - (try shop.database.onConnection { try $0.count("SELECT COUNT(*) FROM qt_partnumber_books") }))
        {
            try shop.addCopies(1)
        }
        // The server counts anew by itself some seconds after so many changes; then it would fall into a measurement.
        if shop.database.engine == .mariadb {
            try shop.database.onConnection { _ = try $0.rows("ANALYZE TABLE qt_partnumber_book_items") { $0.values } }
        }
        try shop.database.settle()
    }

    private func oldest() throws -> Int64 {
        Int64(
            try shop.database.onConnection {
                try $0.count("SELECT id FROM qt_partnumber_books ORDER BY created_at LIMIT 1")
            })
    }

    private mutating func measurePull(of book: Int64, _ place: WritableKeyPath<Line, Case>) throws {
        let session = try PlainSession.connect(to: shop.database)
        defer { session.close() }
        pull[keyPath: place].plan = try Plan(of: Reader.statement(of: book, in: .ours), session)
        let reader = Reader(connection: session, tables: .ours, stopwatch: shop.stopwatch)
        // Warm: what was used last may be another book.
        _ = try reader.pull(book, expecting: shop.items)
        for _ in 1...Self.pulls { pull[keyPath: place].samples.add(try reader.pull(book, expecting: shop.items)) }
    }

    private mutating func measureRemoval(by program: ProgramRemoval, _ place: WritableKeyPath<Line, Case>) throws {
        let book = try oldest()
        removal[keyPath: place].plan = try program.plan(book)
        removal[keyPath: place].samples.add(try program.run(book))
    }

    // MARK: The table

    private var text: String {
        var table = PlainTable(
            "", "alone s", "min", "CPU s", "among \(Self.books) s", "min", "CPU s", "/alone", "min/min", "CPU/CPU",
            "plan alone", "plan among")
        for line in [pull, removal] {
            let (alone, among) = (line.alone.samples, line.among.samples)
            table.add(
                [line.name]
                    + [alone, among].flatMap { samples in
                        [samples.seconds, samples.minimum, samples.processor].map { Figures.significant($0) }
                    }
                    + [
                        Figures.ratio(among.seconds, to: alone.seconds),
                        Figures.ratio(among.minimum, to: alone.minimum),
                        Figures.ratio(among.processor, to: alone.processor), line.alone.plan?.text ?? Figures.none,
                        line.among.plan?.text ?? Figures.none,
                    ])
        }
        return """
            A book of \(Figures.grouped(shop.items)) items among \(Self.books) equal ones; alone it is pulled from a table of \
            its own, and removed from beside the active one. CPU is this process's and the server's together, steadier than the \
            clock where others are at work.

            \(table.text)

            """
    }
}
