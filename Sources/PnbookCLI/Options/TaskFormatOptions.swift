import ArgumentParser

/// In which format tasks are printed.
struct TaskFormatOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// A table, or this program's JSON with --json.
        case pnbook
        /// The JSON that the host's polling client reads (<doc:TaskModel#The-hosts-view>).
        case priceforge
    }

    @Option(name: .long, help: "'priceforge' prints the JSON that the host's polling client reads.")
    var format: Format = .pnbook
}
