import Database
import Foundation

/// How often one `create` waits for the server: in a small catalogue and in a large one, each beside one book.
struct RoundTripMeasurement {
    private let environment: BenchmarkEnvironment
    private let sizes: [Int]

    /// Mappings of the small catalogue.
    static let small = 1000
    /// Characters of a statement that are printed.
    private static let textLimit = 140

    /// - Parameter size: mappings of the large catalogue.
    init(_ environment: BenchmarkEnvironment, size: Int) {
        self.environment = environment
        sizes = size > Self.small ? [Self.small, size] : [size]
    }

    /// - Returns: the tables.
    func run() throws -> String {
        let tallies = try sizes.map(count)
        return """
            Round trips of one create beside one book. Each is a wait for the server, whatever it answers; a batch carries \
            rows by array binding.

            \(summary(tallies))
            \(connections(tallies))
            \(statements(tallies))

            """
    }

    private func count(_ size: Int) throws -> RoundTripTally {
        BenchmarkOutput.note("round trips: \(NumberText.grouped(size)) mappings")
        let database = try environment.makeDatabase("trips_\(size)")
        let catalogue = try BenchmarkCatalogue(database, CatalogueRecipe(mappings: size))
        try catalogue.makeBaseBook()
        let (_, conversations) = try database.recording { try catalogue.createBook(whenIdle: false, on: $0) }
        try database.drop()
        return RoundTripTally(conversations)
    }

    // MARK: Tables

    private var header: [String] { sizes.map { NumberText.grouped($0) + " mappings" } }

    private func summary(_ tallies: [RoundTripTally]) -> String {
        var table = PlainTable(["create"] + header)
        func add(_ name: String, _ value: (RoundTripTally) -> String) { table.add([name] + tallies.map(value)) }
        add("connections") { String($0.connections.count) }
        add("round trips") { String($0.trips) }
        add("of those batches") { String($0.batches) }
        add("of those others") { String($0.trips - $0.batches) }
        add("statements prepared") { String($0.preparations) }
        add("largest batch, KiB") { NumberText.significant(Double($0.largestBatch) / 1024) }
        return table.text
    }

    private func connections(_ tallies: [RoundTripTally]) -> String {
        var table = PlainTable(["connection"] + header)
        for index in 0..<(tallies.map(\.connections.count).max() ?? 0) {
            table.add(
                [String(index + 1)]
                    + tallies.map { index < $0.connections.count ? String($0.connections[index]) : NumberText.none })
        }
        return table.text
    }

    private func statements(_ tallies: [RoundTripTally]) -> String {
        var table = PlainTable(["trips of (preparing it)"] + header)
        var texts: Set<String> = []
        for tally in tallies { texts.formUnion(tally.statements.keys) }
        func trips(_ text: String) -> [Int] { tallies.map { $0.statements[text]?.trips ?? 0 } }
        let ordered = texts.sorted { first, second in
            let (left, right) = (trips(first), trips(second))
            return left == right ? first < second : right.lexicographicallyPrecedes(left)
        }
        for text in ordered {
            let cut = text.count > Self.textLimit ? text.prefix(Self.textLimit - 1) + "…" : text[...]
            table.add(
                [String(cut)]
                    + tallies.map { tally in
                        guard let waits = tally.statements[text] else { return NumberText.none }
                        return "\(waits.trips) (\(waits.preparations))"
                    })
        }
        return table.text
    }
}
