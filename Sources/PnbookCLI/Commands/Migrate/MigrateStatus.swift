import ArgumentParser
import Database
import Migrations
import Operations

/// `pnbook migrate status`.
struct MigrateStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how far the schema is; exits 10 while something is pending.")

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        let status = try context.run.migrationRunner(on: connection).status()
        try context.print(MigrationStatusResult(status))
    }
}
