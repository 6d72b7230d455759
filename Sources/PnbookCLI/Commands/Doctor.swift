import ArgumentParser
import Operations

/// `pnbook doctor`: what is wrong, and what fixes it.
struct Doctor: Command {
    static let configuration = CommandConfiguration(
        abstract: "Check everything that a run and its readers need; change nothing.",
        discussion: """
            Checks the configuration, the server, the schema, rights, books, room and tasks, and says for each finding what \
            fixes it. Exits 0 if nothing is broken, else as a run would for the first thing that is.
            """)

    static let needs = ContextRequirement.diagnosis
    static let checksSecretsItself = true

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        var diagnostics = Diagnostics(
            context.run, context.configuration, environment: context.environment,
            problems: context.configurationProblems)
        diagnostics.run()
        try context.print(DoctorResult(findings: Diagnosis.merged(diagnostics.diagnoses), servers: diagnostics.servers))
    }
}
