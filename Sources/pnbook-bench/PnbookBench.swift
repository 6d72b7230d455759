import ArgumentParser
import Database
import Foundation

extension Engine: ExpressibleByArgument {}

/// The benchmark: one command makes a catalogue and measures everything.
@main
struct PnbookBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pnbook-bench",
        abstract: "Measures what books cost, against the least that any program could take.",
        discussion: """
            Makes a catalogue of --size mappings in a database of its own and prints one table of ratios.
            """,
        subcommands: [Launch.self, Naive.self])

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

    func validate() throws {
        guard size >= 1000 else { throw ValidationError("--size must be at least 1000") }
        guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    }

    func run() throws {
        let site = try Site(engine: engine, url: database, passwordFile: passwordFile, parent: folder, keeps: keep)
        defer { site.close() }
        try Paper.print(try MachineFacts(site, rounds: rounds).text + "\n")
        let main = try site.makeDatabase("bench")
        Paper.note("writing a catalogue of \(Figures.grouped(size)) mappings")
        let shop = try Shop(main, CatalogueRecipe(mappings: size, globs: globs))
        let measurement = try MainMeasurement(shop)
        try measurement.run(rounds: rounds)
        try Paper.print(measurement.text)
        if keep { Paper.note("kept: \(main.url) in \(site.workspace.folder)") } else { try main.drop() }
    }
}
