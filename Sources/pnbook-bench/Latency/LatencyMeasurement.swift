import Database
import Foundation

/// What a run costs others: how long a second client's edits and reads take while a book is made, and while none is.
struct LatencyMeasurement {
    let shop: Shop
    let rounds: Int

    /// - Returns: the table. The catalogue is another one afterwards.
    func run() throws -> String {
        let rows = try editableRows()
        let partnumbers = try shop.partnumbers(1000)
        let connector = shop.database.connector
        /// Runs `work` with the second client beside it, and adds what that one felt.
        func accompany(_ latencies: inout [Bystander.Operation: [Double]], _ work: () throws -> Void) throws {
            let other = Bystander(connector, rows: rows, book: shop.baseBook, partnumbers: partnumbers)
            // Settled before the other one begins: it never is while somebody works.
            try shop.database.settle()
            other.start()
            let result = Result { try work() }
            latencies.merge(try other.stop()) { $0 + $1 }
            try result.get()
        }
        var alone = Samples()
        var accompanied = Samples()
        var quiet: [Bystander.Operation: [Double]] = [:]
        var busy: [Bystander.Operation: [Double]] = [:]
        for round in 1...rounds {
            Paper.note("latency: round \(round) of \(rounds)")
            let (sample, book) = try shop.createBook()
            alone.add(sample)
            _ = try shop.remove(book)
            var second: Int64 = 0
            // In turns, and as long: what else the machine does meanwhile falls on both alike.
            try accompany(&quiet) { Thread.sleep(forTimeInterval: max(0.5, sample.seconds)) }
            try accompany(&busy) {
                let (together, book) = try shop.createBook(settling: false)
                accompanied.add(together)
                second = book
            }
            _ = try shop.remove(second)
        }
        return text(quiet: quiet, busy: busy, alone: alone, accompanied: accompanied)
    }

    /// Rows from all over the table.
    private func editableRows() throws -> [(vendor: String, partnumber: String)] {
        let step = max(1, shop.recipe.mappings / 500)
        var rows: [(vendor: String, partnumber: String)] = []
        var position = 0
        try shop.database.onConnection { connection in
            try connection.forEachRow("SELECT vendor, partnumber FROM lot_partnumbers") { row in
                if position % step == 0 { rows.append((row.text(0) ?? "", row.text(1) ?? "")) }
                position += 1
            }
        }
        var random = SplitMix64(seed: 11)
        for index in rows.indices.dropFirst().reversed() { rows.swapAt(index, random.below(index + 1)) }
        return rows
    }

    private func text(
        quiet: [Bystander.Operation: [Double]], busy: [Bystander.Operation: [Double]], alone: Samples,
        accompanied: Samples
    ) -> String {
        var table = PlainTable(
            "milliseconds", "quiet: n", "p50", "p99", "max", "during create: n", "p50", "p99", "max")
        for operation in Bystander.Operation.allCases {
            table.add([operation.rawValue] + Self.cells(quiet[operation]) + Self.cells(busy[operation]))
        }
        return """
            A second client with an operation every \(Figures.milliseconds(Bystander.pace)) ms, \
            \(Figures.grouped(shop.recipe.mappings)) mappings; create takes \(Figures.significant(accompanied.seconds)) s \
            beside it and \(Figures.significant(alone.seconds)) s alone.

            \(table.text)

            """
    }

    private static func cells(_ seconds: [Double]?) -> [String] {
        let seconds = seconds ?? []
        return [String(seconds.count)]
            + [seconds.quantile(0.5), seconds.quantile(0.99), seconds.max()].map(Figures.milliseconds)
    }
}
