import ArgumentParser
import Operations

/// `pnbook doctor`: is everything as it must be.
struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Look whether everything is as a run and its readers need it; change nothing.",
        discussion: """
            Looks at the configuration, the server, the schema, rights, books, room and tasks, and names for each finding \
            what fixes it. Exits 0 where nothing is broken, else as a run would for the first thing that is.
            """)

    static let needs = ContextRequirement.diagnosis
    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        var diagnostics = Diagnostics(
            context.run, context.configuration, environment: context.environment,
            problems: context.configurationProblems)
        diagnostics.run()
        try context.print(DoctorResult(findings: Diagnosis.told(diagnostics.remarks)))
    }
}
