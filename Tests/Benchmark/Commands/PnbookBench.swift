import ArgumentParser
import Database
import Foundation
import Harness

extension Engine: ExpressibleByArgument {}

/// The benchmark: one command makes a catalogue and measures everything.
@main
struct PnbookBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pnbook-bench",
        abstract: "Measures what books cost, against the least that any program could take.",
        discussion: """
            It measures the pnbook that stands beside it, so build both first:

              swift build -c release --product pnbook
              swift build -c release --product pnbook-bench
              .build/release/pnbook-bench --engine mariadb --size 1000000 --series --latency --designs

            It makes a catalogue of --size mappings in a database of its own (SQLite: a file in a temporary folder; \
            MariaDB: a private server there, started with durable commits, a buffer pool of 1 GiB and a redo log of \
            512 MiB, and stopped whatever happens) and measures in rounds, one thing after the other:

            - floor: one INSERT ... SELECT in the server copies the ready-made, ordered items into the real table, with \
            header and durable commit. Nothing is read there but the items, and nothing decided.
            - create: the whole process of pnbook, from its start to its end, on a database that has a book already; and \
            its --dry-run, which reads and decides and writes nothing.
            - upstream's way: a naive program reads everything into dictionaries and inserts 500 rows a statement into a \
            table with a key of its own and an index on each of book and PN. It must make the same book.
            - the reader's pull of a whole book and its look-ups, and a book's removal, in both tables.

            The server is the first on the PATH; another release's, fetched beside the build, is measured so:

              Tests/fetch-mariadb trixie
              PATH="$PWD/.build/mariadb-trixie/bin:$PATH" .build/release/pnbook-bench --engine mariadb --shelf --designs

            /floor is the ratio to the floor, /ours that of a line of upstream's to ours, and of a create that has no book \
            before it to one that compares with it. The catalogue is the same in \
            every run. Of the mappings \(CatalogueRecipe.words). Everything is measured with the engine at rest (purged, \
            flushed, its log empty) and from a warm cache. Look at the load in the first line: others at work on the \
            machine are in the numbers.
            """,
        subcommands: [MeasureProcess.self, NaiveCreate.self])

    @Option(help: "The engine to measure.")
    var engine: Engine = .sqlite

    @Option(help: ArgumentHelp("Rows of lot_partnumbers.", valueName: "mappings"))
    var size = 100_000

    @Option(help: "How often each thing is measured; medians are printed.")
    var rounds = 3

    @Option(help: ArgumentHelp("Ignore rules that are patterns.", valueName: "rules"))
    var globs = 0

    @Option(
        help: ArgumentHelp(
            "An empty schema, or a SQLite file that is not there yet, instead of a private one. It is emptied afterwards.",
            valueName: "url"))
    var database: String?

    @Option(help: ArgumentHelp("A file that holds the password for --database.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("Where the temporary folder is made: the disk to measure.", valueName: "dir"))
    var folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"

    @Flag(help: "Leave the database or the folder where it is, and say where.")
    var keep = false

    @Flag(inversion: .prefixedNo, help: "Measure the table of ratios.")
    var main = true

    @Flag(help: "Measure create in series: by size, among 0 and 34 books, with 10 000 patterns.")
    var series = false

    @Option(help: ArgumentHelp("The largest catalogue of the series; 10000000 is possible.", valueName: "mappings"))
    var seriesUpTo = 1_000_000

    @Flag(help: "Measure what a second client feels of a create (MariaDB).")
    var latency = false

    @Flag(help: "Count the round trips of a create, by statement: with 1 000 mappings and with --size (MariaDB).")
    var roundTrips = false

    @Flag(help: "Measure the pull and the removal of one book among as many as retention keeps, against one alone.")
    var shelf = false

    @Flag(help: "Measure other physical designs of the items, and ways to send them.")
    var designs = false

    @Option(help: ArgumentHelp("Only designs with this in their name, such as TEXT.", valueName: "text"))
    var onlyDesigns: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Wait between measurements until the engine has finished what was left for later.")
    var settle = true

    func validate() throws {
        guard size >= 1000 else { throw ValidationError("--size must be at least 1000") }
        guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
        guard !latency || engine == .mariadb else {
            throw ValidationError("--latency is for MariaDB: on SQLite an editor waits for the publishing transaction")
        }
        guard !roundTrips || engine == .mariadb else {
            throw ValidationError("--round-trips is for MariaDB: SQLite has no server to wait for")
        }
    }

    func run() throws {
        let environment = try BenchmarkEnvironment(
            engine: engine, url: database, passwordFile: passwordFile, parent: folder, keeps: keep, waitsForIdle: settle
        )
        defer { environment.close() }
        try BenchmarkOutput.print(try MachineFacts(environment, rounds: rounds).text + "\n")
        if roundTrips { try BenchmarkOutput.print(try RoundTripMeasurement(environment, size: size).run()) }
        if series {
            var measurement = SeriesMeasurement(environment, rounds: rounds, upTo: seriesUpTo)
            try BenchmarkOutput.print(try measurement.run())
        }
        if main || designs || latency || shelf { try measureOneCatalogue(environment) }
        try BenchmarkOutput.print("load \(MachineFacts.load) at the end\n")
    }

    /// Everything that is measured on the catalogue of ``size``; what changes it comes last.
    private func measureOneCatalogue(_ environment: BenchmarkEnvironment) throws {
        let database = try environment.makeDatabase("bench")
        BenchmarkOutput.note("writing a catalogue of \(NumberText.grouped(size)) mappings")
        let catalogue = try BenchmarkCatalogue(database, CatalogueRecipe(mappings: size, globs: globs))
        try catalogue.makeBaseBook()
        try catalogue.stageItems()
        if main {
            let measurement = try MainMeasurement(catalogue)
            try measurement.run(rounds: rounds)
            try BenchmarkOutput.print(measurement.text)
        }
        if designs {
            try BenchmarkOutput.print(try DesignMeasurement(catalogue, rounds: rounds, only: onlyDesigns).run())
        }
        if shelf {
            var measurement = ShelfMeasurement(catalogue, rounds: rounds)
            try BenchmarkOutput.print(try measurement.run())
        }
        if latency { try BenchmarkOutput.print(try LatencyMeasurement(catalogue: catalogue, rounds: rounds).run()) }
        if keep {
            BenchmarkOutput.note("kept: \(database.url), files in \(environment.workspace.folder)")
        } else {
            try database.drop()
        }
    }
}
