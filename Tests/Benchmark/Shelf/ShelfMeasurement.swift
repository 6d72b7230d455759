import Database

/// What one book costs among as many equal ones as retention keeps, against what it costs alone: its pull by a reader with
/// the server's own settings, and its removal as the program does it.
struct ShelfMeasurement {
    private let catalogue: BenchmarkCatalogue
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

    /// - Parameter catalogue: with its base book alone, and its items staged. Afterwards it is full.
    init(_ catalogue: BenchmarkCatalogue, rounds: Int) {
        self.catalogue = catalogue
        self.rounds = rounds
    }

    mutating func run() throws -> String {
        let program = try ProgramRemoval(recordedIn: catalogue)
        for round in 1...rounds {
            BenchmarkOutput.note("shelf: alone, round \(round) of \(rounds)")
            try measurePull(of: catalogue.baseBook, \.alone)
            // The active one stays.
            try fill(to: 2)
            try measureRemoval(by: program, \.alone)
        }
        for round in 1...rounds {
            BenchmarkOutput.note("shelf: \(Self.books) books, round \(round) of \(rounds)")
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
            - (try catalogue.database.onConnection { try $0.count("SELECT COUNT(*) FROM qt_partnumber_books") }))
        {
            try catalogue.addCopies(1)
        }
        // The server counts anew by itself some seconds after so many changes; then it would fall into a measurement.
        if catalogue.database.engine == .mariadb {
            try catalogue.database.onConnection {
                _ = try $0.rows("ANALYZE TABLE qt_partnumber_book_items") { $0.values }
            }
        }
        try catalogue.database.waitUntilIdle()
    }

    private func oldest() throws -> Int64 {
        Int64(
            try catalogue.database.onConnection {
                try $0.count("SELECT id FROM qt_partnumber_books ORDER BY created_at LIMIT 1")
            })
    }

    private mutating func measurePull(of book: Int64, _ place: WritableKeyPath<Line, Case>) throws {
        let session = try PlainSession.connect(to: catalogue.database)
        defer { session.close() }
        pull[keyPath: place].plan = try Plan(of: Reader.statement(of: book, in: .ours), session)
        let reader = Reader(connection: session, tables: .ours, stopwatch: catalogue.stopwatch)
        // Warm: what was used last may be another book.
        _ = try reader.pull(book, expecting: catalogue.items)
        for _ in 1...Self.pulls { pull[keyPath: place].samples.add(try reader.pull(book, expecting: catalogue.items)) }
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
                        [samples.seconds, samples.minimum, samples.processor].map { NumberText.significant($0) }
                    }
                    + [
                        NumberText.ratio(among.seconds, to: alone.seconds),
                        NumberText.ratio(among.minimum, to: alone.minimum),
                        NumberText.ratio(among.processor, to: alone.processor),
                        line.alone.plan?.text ?? NumberText.none,
                        line.among.plan?.text ?? NumberText.none,
                    ])
        }
        return """
            A book of \(NumberText.grouped(catalogue.items)) items among \(Self.books) equal ones; alone it is pulled from a table of \
            its own, and removed from beside the active one. CPU is this process's and the server's together, steadier than the \
            clock where others are at work.

            \(table.text)

            """
    }
}
