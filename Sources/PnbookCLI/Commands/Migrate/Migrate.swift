import ArgumentParser

/// `pnbook migrate plan|up|status`: the three migrations.
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the schema up to date, or show how far it is.",
        subcommands: [MigratePlan.self, MigrateUp.self, MigrateStatus.self])
}
