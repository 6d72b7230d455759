import Database
import Foundation
import Harness

/// What a run costs others: how long a second client's edits and reads take while a book is made, and while none is.
struct LatencyMeasurement {
    let catalogue: BenchmarkCatalogue
    let rounds: Int

    /// - Returns: the table. The catalogue is another one afterwards.
    func run() throws -> String {
        let rows = try editableRows()
        let partnumbers = try catalogue.partnumbers(1000)
        let connections = catalogue.database.connections
        /// Runs `work` with the second client beside it, and adds what that one felt.
        func accompany(_ latencies: inout [ConcurrentClient.Operation: [Double]], _ work: () throws -> Void) throws {
            let other = ConcurrentClient(connections, rows: rows, book: catalogue.baseBook, partnumbers: partnumbers)
            // Before the other one begins: the engine is never idle while another client works.
            try catalogue.database.waitUntilIdle()
            other.start()
            let result = Result { try work() }
            latencies.merge(try other.stop()) { $0 + $1 }
            try result.get()
        }
        var alone = Samples()
        var accompanied = Samples()
        var quiet: [ConcurrentClient.Operation: [Double]] = [:]
        var busy: [ConcurrentClient.Operation: [Double]] = [:]
        for round in 1...rounds {
            BenchmarkOutput.note("latency: round \(round) of \(rounds)")
            let (sample, book) = try catalogue.createBook()
            alone.add(sample)
            _ = try catalogue.remove(book)
            var second: Int64 = 0
            // In turns, and as long: what else the machine does meanwhile falls on both alike.
            try accompany(&quiet) { Thread.sleep(forTimeInterval: max(0.5, sample.seconds)) }
            try accompany(&busy) {
                let (together, book) = try catalogue.createBook(whenIdle: false)
                accompanied.add(together)
                second = book
            }
            _ = try catalogue.remove(second)
        }
        return text(quiet: quiet, busy: busy, alone: alone, accompanied: accompanied)
    }

    /// Rows from all over the table.
    private func editableRows() throws -> [(vendor: String, partnumber: String)] {
        let step = max(1, catalogue.recipe.mappings / 500)
        var rows: [(vendor: String, partnumber: String)] = []
        var position = 0
        try catalogue.database.onConnection { connection in
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
        quiet: [ConcurrentClient.Operation: [Double]], busy: [ConcurrentClient.Operation: [Double]], alone: Samples,
        accompanied: Samples
    ) -> String {
        var table = PlainTable(
            "milliseconds", "quiet: n", "p50", "p99", "max", "during create: n", "p50", "p99", "max")
        for operation in ConcurrentClient.Operation.allCases {
            table.add([operation.rawValue] + Self.cells(quiet[operation]) + Self.cells(busy[operation]))
        }
        return """
            A second client with an operation every \(NumberText.milliseconds(ConcurrentClient.pace)) ms, \
            \(NumberText.grouped(catalogue.recipe.mappings)) mappings; create takes \(NumberText.significant(accompanied.seconds)) s \
            beside it and \(NumberText.significant(alone.seconds)) s alone.

            \(table.text)

            """
    }

    private static func cells(_ seconds: [Double]?) -> [String] {
        let seconds = seconds ?? []
        return [String(seconds.count)]
            + [seconds.quantile(0.5), seconds.quantile(0.99), seconds.max()].map(NumberText.milliseconds)
    }
}
