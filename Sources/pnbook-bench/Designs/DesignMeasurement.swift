import Database

/// The physical designs side by side, and the ways to send a book's items.
struct DesignMeasurement {
    private let shop: Shop
    private let rounds: Int
    private let chosen: String?

    /// - Parameters:
    ///   - shop: with its base book and the side table.
    ///   - chosen: a part of the name of the designs that are tried; nil for all of them, and the ways to send.
    init(_ shop: Shop, rounds: Int, only chosen: String? = nil) throws {
        self.shop = shop
        self.rounds = rounds
        self.chosen = chosen
        try shop.database.onConnection(SideTable.makeShuffled)
    }

    /// Runs all trials and returns their tables.
    func run() throws -> String {
        let today = try shop.database.onConnection(Design.today)
        let all =
            switch shop.database.engine {
            case .mariadb: MariaDBDesigns.all(today: today)
            case .sqlite: SQLiteDesigns.all(today: today)
            }
        let designs = all.filter { design in chosen.map { design.name.contains($0) } ?? true }
        guard !designs.isEmpty else {
            throw BenchError(
                "no design is called '\(chosen ?? "")'; there are: " + all.map(\.name).joined(separator: "; "))
        }
        let partnumbers = try shop.partnumbers(200)
        var table = PlainTable(
            "design", "insert s", "min", "max", "/first", "CPU s", "read s", "CPU s", "look-up ms", "remove s",
            "/first",
            "CPU s", "by its index s", "MiB", "plan of the read")
        var first: (inserting: Double, removing: Double)?
        for design in designs {
            Paper.note("design: \(design.name)")
            let trial = try DesignTrial(design, shop)
            for _ in 1...rounds { try trial.runRound(partnumbers) }
            let base = first ?? (trial.inserting.seconds, trial.removing.seconds)
            first = base
            table.add(
                design.name, Figures.significant(trial.inserting.seconds),
                Figures.significant(trial.inserting.minimum), Figures.significant(trial.inserting.maximum),
                Figures.ratio(trial.inserting.seconds, to: base.inserting),
                Figures.significant(trial.inserting.processor), Figures.significant(trial.pulling.seconds),
                Figures.significant(trial.pulling.processor),
                Figures.milliseconds(trial.lookUps.quantile(0.5)), Figures.significant(trial.removing.seconds),
                Figures.ratio(trial.removing.seconds, to: base.removing), Figures.significant(trial.removing.processor),
                trial.plan == nil ? Figures.none : Figures.significant(trial.forcedRemoving.seconds),
                Figures.mebibytes(trial.bytes), trial.plan?.text ?? Figures.none)
            try trial.close()
        }
        return """
            Designs, each with \(Figures.grouped(shop.items)) items inserted by the server alone beside \
            \(shop.database.engine == .mariadb ? "four equal books" : "an equal book").

            \(table.text)
            \(chosen == nil ? try sendingTable(today) : "")
            """
    }

    // MARK: Sending

    private func sendingTable(_ today: Design) throws -> String {
        Paper.note("ways to send items")
        let items = try ItemArena(of: shop)
        let trial = try DesignTrial(today, shop)
        var table = PlainTable(
            "way to send ready-made items into today's design", "seconds", "min", "max", "/first", "CPU s",
            "client CPU s")
        var first: Double?
        for way in SendingWay.all(of: shop.database.engine, source: trial.source) {
            var samples = Samples()
            for _ in 1...rounds { samples.add(try trial.time { try way.send(items, $0, $1) }) }
            let base = first ?? samples.seconds
            first = base
            table.add(
                way.name, Figures.significant(samples.seconds), Figures.significant(samples.minimum),
                Figures.significant(samples.maximum), Figures.ratio(samples.seconds, to: base),
                Figures.significant(samples.processor), Figures.significant(samples.clientProcessor))
        }
        try trial.close()
        return table.text
    }
}
