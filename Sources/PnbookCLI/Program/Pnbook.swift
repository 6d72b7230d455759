import ArgumentParser
import Operations

/// The root of the command line.
struct Pnbook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pnbook",
        abstract: "Makes, publishes and retains partnumber books.",
        discussion: """
            A partnumber book is a versioned copy of which vendor part number means which LOT. 'pnbook create' is the \
            main job: it reads the catalogue at one instant, publishes the new book in one commit and retires old ones \
            (7 daily, 5 weekly, 12 monthly, 10 yearly).

            \(ExitStatus.table)
            """,
        version: ProgramVersion.text,
        subcommands: [
            Create.self, List.self, Show.self, Diff.self, Explain.self, Verify.self, Activate.self, Pin.self,
            Unpin.self, Export.self,
            Prune.self, Simulate.self, Migrate.self, Load.self, TaskCommand.self, Doctor.self, MetricsCommand.self,
            Service.self, Config.self, SchemaCommand.self, Manual.self,
        ])
}
