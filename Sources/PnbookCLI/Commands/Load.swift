import ArgumentParser
import Operations
import Tasks

/// `pnbook load DIR`: a catalogue from CSV files.
struct Load: MutatingCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a catalogue from CSV files.",
        discussion: """
            One file for each source table: lot_partnumbers.csv, and where needed qt_lot_bundles.csv, \
            qt_lot_bundle_items.csv, qt_vendor_partnumber_seen.csv and lot.csv. UTF-8, RFC 4180, a header that names \
            the columns, \\N for NULL. All files are checked before the database is touched, and are loaded completely \
            or not at all. A SQLite file and source tables that do not exist are created.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var concurrency: ConcurrencyOptions

    @Argument(help: ArgumentHelp("The folder with the CSV files.", valueName: "dir"))
    var folder: String

    @Flag(name: .long, help: "Remove the existing catalogue; books stay.")
    var replace = false

    @Flag(name: .long, help: "Apply pending migrations before rows are loaded: is_primary_pn needs 026.")
    var migrate = false

    mutating func run(_ context: CommandContext) throws {
        var request = CatalogueLoading.Request(folder: folder)
        request.replaces = replace
        request.appliesMigrations = migrate
        request.whenBusy = try concurrency.whenBusy()
        let loading = try CatalogueLoading(request, context.run)
        try context.probeOutput()
        let (document, location, task) = try loading.run()
        try context.print(LoadResult(document: document, location: location, task: task))
    }
}
