import Database

/// The physical designs side by side, and the ways to send a book's items.
struct DesignMeasurement {
    private let catalogue: BenchmarkCatalogue
    private let rounds: Int
    private let chosen: String?

    /// - Parameters:
    ///   - catalogue: with its base book and its items staged.
    ///   - chosen: a part of the name of the designs that are tried; nil for all of them, and the ways to send.
    init(_ catalogue: BenchmarkCatalogue, rounds: Int, only chosen: String? = nil) throws {
        self.catalogue = catalogue
        self.rounds = rounds
        self.chosen = chosen
        try catalogue.database.onConnection(StagedItems.makeShuffled)
    }

    /// Runs all trials and returns their tables.
    func run() throws -> String {
        let today = try catalogue.database.onConnection(TableDesign.today)
        let all =
            switch catalogue.database.engine {
            case .mariadb: MariaDBDesigns.all(today: today)
            case .sqlite: SQLiteDesigns.all(today: today)
            }
        let designs = all.filter { design in chosen.map { design.name.contains($0) } ?? true }
        guard !designs.isEmpty else {
            throw BenchmarkError(
                "no design is called '\(chosen ?? "")'; there are: " + all.map(\.name).joined(separator: "; "))
        }
        let partnumbers = try catalogue.partnumbers(200)
        var table = PlainTable(
            "design", "insert s", "min", "max", "/first", "CPU s", "read s", "CPU s", "look-up ms", "remove s",
            "/first",
            "CPU s", "by its index s", "MiB", "plan of the read")
        var first: (inserting: Double, removing: Double)?
        for design in designs {
            BenchmarkOutput.note("design: \(design.name)")
            let trial = try TableDesignTrial(design, catalogue)
            for _ in 1...rounds { try trial.runRound(partnumbers) }
            let base = first ?? (trial.inserting.seconds, trial.removing.seconds)
            first = base
            table.add(
                design.name, NumberText.significant(trial.inserting.seconds),
                NumberText.significant(trial.inserting.minimum), NumberText.significant(trial.inserting.maximum),
                NumberText.ratio(trial.inserting.seconds, to: base.inserting),
                NumberText.significant(trial.inserting.processor), NumberText.significant(trial.pulling.seconds),
                NumberText.significant(trial.pulling.processor),
                NumberText.milliseconds(trial.lookUps.quantile(0.5)), NumberText.significant(trial.removing.seconds),
                NumberText.ratio(trial.removing.seconds, to: base.removing),
                NumberText.significant(trial.removing.processor),
                trial.plan == nil ? NumberText.none : NumberText.significant(trial.forcedRemoving.seconds),
                NumberText.mebibytes(trial.bytes), trial.plan?.text ?? NumberText.none)
            try trial.close()
        }
        return """
            Designs, each with \(NumberText.grouped(catalogue.items)) items inserted by the server alone beside \
            \(catalogue.database.engine == .mariadb ? "four equal books" : "an equal book").

            \(table.text)
            \(chosen == nil ? try sendingTable(today) : "")
            """
    }

    // MARK: Sending

    private func sendingTable(_ today: TableDesign) throws -> String {
        BenchmarkOutput.note("ways to send items")
        let items = try ItemArena(of: catalogue)
        let trial = try TableDesignTrial(today, catalogue)
        var table = PlainTable(
            "way to send ready-made items into today's design", "seconds", "min", "max", "/first", "CPU s",
            "client CPU s")
        var first: Double?
        for way in InsertStrategy.all(of: catalogue.database.engine, source: trial.source) {
            var samples = Samples()
            for _ in 1...rounds { samples.add(try trial.time { try way.send(items, $0, $1) }) }
            let base = first ?? samples.seconds
            first = base
            table.add(
                way.name, NumberText.significant(samples.seconds), NumberText.significant(samples.minimum),
                NumberText.significant(samples.maximum), NumberText.ratio(samples.seconds, to: base),
                NumberText.significant(samples.processor), NumberText.significant(samples.clientProcessor))
        }
        try trial.close()
        return table.text
    }
}
