import ArgumentParser
import Operations

/// `pnbook schema`: what the JSON documents look like, for programs that read them.
struct SchemaCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of what the commands print for programs.",
        discussion: """
            Draft 2020-12, as this very program prints its documents. NAME is a command's, with a hyphen between its words \
            (create, task-list), or what is printed line by line: item (a line of an NDJSON export), progress (a line of \
            --progress json), failure (a command that fails before it has a result). Without NAME all are in one document.

            Names: \(SchemaCatalogue.documents.map(\.name).joined(separator: ", ")).
            """)

    static let needs = ContextRequirement.nothing

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("Which one; without it, all.", valueName: "name"))
    var name: String?

    mutating func validate() throws {
        guard let name, SchemaCatalogue.schema(named: name) == nil else { return }
        throw ValidationError(
            "there is no schema '\(name)'; there are: "
                + SchemaCatalogue.documents.map(\.name).joined(separator: ", "))
    }

    mutating func run(_ context: CommandContext) throws {
        let schema = name.flatMap(SchemaCatalogue.schema(named:)) ?? SchemaCatalogue.all
        // The schema is the result, also under --json and --quiet.
        try context.streams.output.write(document: JSONDocument.pretty(schema))
    }
}
