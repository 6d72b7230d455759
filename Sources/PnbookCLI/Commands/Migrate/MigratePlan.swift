import ArgumentParser
import Database
import ErrorModel
import Migrations
import Operations
import PartnumberBooks

/// `pnbook migrate plan`: what `up` would run.
struct MigratePlan: Command {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Print the statements that 'migrate up' would run, and change nothing.")

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        let connection = try context.run.connect(for: .read)
        defer { connection.close() }
        let runner = context.run.migrationRunner(on: connection)
        let status = try runner.status()
        let steps = status.plan { $0.statement(for: connection.engine) }
        let differences = try status.differences + status.laterObstacles + Self.obstacles(on: connection)
        // What cannot be applied is reported with the same message as by 'migrate up'.
        let failure = differences.isEmpty ? nil : ErrorReport(of: SchemaError.different(differences))
        try context.write(MigrationPlanResult(steps, differences, failure: failure))
        if !differences.isEmpty { throw ReportedFailure(cause: SchemaError.different(differences)) }
    }

    /// What 'migrate up' would ignore and 'create' would fail on.
    private static func obstacles(on connection: any Connection) throws -> [SchemaDifference] {
        let collision = try KeyCollision(in: connection).map {
            SchemaDifference(
                SchemaObject.items, $0.text, remedy: $0.remedy(on: connection.engine).map { DisplayText($0) })
        }
        return try CreateBook.sourcesWithoutSnapshot(connection).map {
            SchemaDifference(
                $0.name, "\($0.name) is of the engine \($0.engine), which cannot be read as of one instant",
                remedy: DisplayText($0.remedy))
        } + (collision.map { [$0] } ?? [])
    }
}
