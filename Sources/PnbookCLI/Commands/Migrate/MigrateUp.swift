import ArgumentParser
import Operations
import Tasks

/// `pnbook migrate up`.
struct MigrateUp: MutatingCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Apply pending migrations; running it again does nothing.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var concurrency: ConcurrencyOptions

    mutating func run(_ context: CommandContext) throws {
        try context.probeOutput()
        let (entries, tables) = try context.run.migrateUp(whenBusy: try concurrency.whenBusy())
        try context.print(MigrationResult(entries, tables: tables, task: context.run.lastTask.summary))
    }
}
