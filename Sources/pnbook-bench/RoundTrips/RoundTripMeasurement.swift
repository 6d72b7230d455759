import Database
import Foundation

/// How often one `create` waits for the server: in a small catalogue and in a large one, each beside one book.
struct RoundTripMeasurement {
    private let site: Site
    private let sizes: [Int]

    /// Mappings of the small catalogue.
    static let small = 1000
    /// Characters of a statement that are printed.
    private static let textLimit = 140

    /// - Parameter size: mappings of the large catalogue.
    init(_ site: Site, size: Int) {
        self.site = site
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
        Paper.note("round trips: \(Figures.grouped(size)) mappings")
        let database = try site.makeDatabase("trips_\(size)")
        let shop = try Shop(database, CatalogueRecipe(mappings: size))
        try shop.makeBaseBook()
        let forwarder = try CountingForwarder(
            to: try socket(of: database), at: site.workspace.folder + "/trips.sock")
        let result = Result { try shop.createBook(settling: false, on: url(of: database, through: forwarder.socket)) }
        let conversations = forwarder.stop()
        _ = try result.get()
        try database.drop()
        return RoundTripTally(conversations)
    }

    /// The server's own socket, as it calls it.
    private func socket(of database: BenchDatabase) throws -> String {
        guard case .mariadb(let location) = database.location, location.isLocalSocket else {
            throw BenchError(
                "--round-trips reads what passes on a local socket: leave --database out, or name a socket in it")
        }
        if let socket = location.socket { return socket }
        guard let socket = try database.onConnection({ try $0.first("SELECT @@socket") { $0.text(0) } }) ?? nil else {
            throw BenchError("\(database.url): the server does not say where its socket is")
        }
        return socket
    }

    private func url(of database: BenchDatabase, through socket: String) throws -> String {
        guard case .mariadb(var location) = database.location else {
            throw BenchError("\(database.url) is not MariaDB")
        }
        location.socket = socket
        return location.description
    }

    // MARK: Tables

    private var header: [String] { sizes.map { Figures.grouped($0) + " mappings" } }

    private func summary(_ tallies: [RoundTripTally]) -> String {
        var table = PlainTable(["create"] + header)
        func add(_ name: String, _ value: (RoundTripTally) -> String) { table.add([name] + tallies.map(value)) }
        add("connections") { String($0.connections.count) }
        add("round trips") { String($0.trips) }
        add("of those batches") { String($0.batches) }
        add("of those others") { String($0.trips - $0.batches) }
        add("statements prepared") { String($0.preparations) }
        add("largest batch, KiB") { Figures.significant(Double($0.largestBatch) / 1024) }
        return table.text
    }

    private func connections(_ tallies: [RoundTripTally]) -> String {
        var table = PlainTable(["connection"] + header)
        for index in 0..<(tallies.map(\.connections.count).max() ?? 0) {
            table.add(
                [String(index + 1)]
                    + tallies.map { index < $0.connections.count ? String($0.connections[index]) : Figures.none })
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
                        guard let waits = tally.statements[text] else { return Figures.none }
                        return "\(waits.trips) (\(waits.preparations))"
                    })
        }
        return table.text
    }
}
