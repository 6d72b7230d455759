import Database
import Chronology
import ArgumentParser
import Migrations
import PartnumberBooks

/// `pnbook migrate plan|up|status`: the three migrations.
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the schema to 028, or say how far it is.",
        subcommands: [MigratePlan.self, MigrateUp.self, MigrateStatus.self])
}

/// `pnbook migrate plan`: what `up` would run.
struct MigratePlan: Command {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Print the statements that 'migrate up' would run, and change nothing.")

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        let runner = context.migrationRunner(on: connection)
        let status = try runner.status()
        let steps = status.plan { $0.statement(for: connection.engine) }
        let differences = try status.differences + Self.stumblingBlocks(on: connection)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(steps, differences)))
        } else {
            // Nothing to do, and nothing done: what is in the way is said below.
            if !steps.isEmpty || differences.isEmpty { try context.output.write(Self.text(steps)) }
        }
        // What cannot be applied is said in the same words as by 'migrate up'.
        if !differences.isEmpty { throw SchemaError.different(differences) }
    }

    /// What 'migrate up' would pass over and 'create' would stumble over.
    private static func stumblingBlocks(on connection: any Connection) throws -> [SchemaDifference] {
        let collision = try KeyCollision(in: connection).map {
            SchemaDifference(SchemaObject.items, "\($0)", remedy: $0.remedy(on: connection.engine))
        }
        return try CreateBook.sourcesWithoutSnapshot(connection).map {
            SchemaDifference(
                $0.name, "\($0.name) is of the engine \($0.engine), which cannot be read as of one instant",
                remedy: $0.remedy)
        } + (collision.map { [$0] } ?? [])
    }

    private struct Document: Encodable {
        struct Step: Encodable {
            let migration: Int?
            let object: String
            let state: String
            let statements: [String]
        }

        struct Difference: Encodable {
            let object: String
            let found: String
            @ExplicitNull var fix: String?
        }

        let schema = 1
        let steps: [Step]
        /// What must be changed by hand before `migrate up` can do anything.
        let differences: [Difference]

        init(_ steps: [PlannedStep], _ differences: [SchemaDifference]) {
            self.differences = differences.map { Difference(object: $0.object, found: $0.words, fix: $0.remedy) }
            self.steps = steps.map {
                Step(migration: $0.number, object: $0.object, state: $0.state.word, statements: $0.statements)
            }
        }
    }

    private static func text(_ steps: [PlannedStep]) -> String {
        if steps.isEmpty { return "Nothing is pending.\n" }
        return steps.map { step in
            let number = step.number.map { Migration.label($0) + " " } ?? ""
            let head = "-- \(number)\(step.object): \(step.state.words)\n"
            return head + step.statements.map { $0 + ";\n" }.joined()
        }.joined(separator: "\n")
    }
}

/// `pnbook migrate up`.
struct MigrateUp: MutatingCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Apply what is pending; running it again does nothing.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var exclusive: ConcurrencyOptions

    mutating func run(_ context: AppContext) throws {
        try context.probeOutput()
        let entries = try context.migrateUp(exclusive)
        let done = entries.count.counted("migration") + " applied"
        if context.isJSON {
            try context.write(JSONDocument.pretty(MigrationEntries(entries)), done: done)
        } else if !context.isQuiet {
            let lines = entries.map { "\(Migration.label($0.number)) \($0.name): \($0.manner.rawValue)\n" }
            try context.write(lines.isEmpty ? "Nothing was pending.\n" : lines.joined(), done: done)
        }
    }
}

/// `pnbook migrate status`.
struct MigrateStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how far the schema is; exits 10 while something is pending.")

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        let status = try context.migrationRunner(on: connection).status()
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(status)))
        } else {
            try context.output.write(Self.text(status))
        }
        if !status.differences.isEmpty { throw Ending(code: ExitStatus.schema.rawValue) }
        if status.lines.contains(where: \.isHalfApplied) {
            throw Ending(code: ExitStatus.migrationHalfApplied.rawValue)
        }
        if !status.pending.isEmpty { throw Ending(code: ExitStatus.migrationsPending.rawValue) }
    }

    private struct Document: Encodable {
        struct Line: Encodable {
            let number: Int
            let name: String
            let state: String
            let finishedAt: String?
            let appliedBy: String?
            let differences: [String]
        }

        let schema = 1
        let pending: [Int]
        let migrations: [Line]

        init(_ status: MigrationStatus) {
            pending = status.pending
            migrations = status.lines.map {
                Line(
                    number: $0.migration.number, name: $0.migration.name, state: $0.word,
                    finishedAt: $0.entry?.finishedAt?.iso8601, appliedBy: $0.entry?.appliedBy,
                    differences: $0.differences.map(\.words))
            }
        }
    }

    private static func text(_ status: MigrationStatus) -> String {
        var table = TextTable([.left, .left, .left, .left], header: ["", "migration", "state", "when and who"])
        for line in status.lines {
            let when = line.entry?.finishedAt.map { "\($0.readable) by \(line.entry?.appliedBy ?? "")" } ?? ""
            table.add(Migration.label(line.migration.number), line.migration.name, line.word, when)
        }
        return table.text + status.differences.map(\.lines).joined()
    }
}

extension MigrationStatus.Line {
    /// `applied`, `adopted`, `pending`, `half applied`, `standing` (there, but not recorded) or `different`.
    fileprivate var word: String {
        if !differences.isEmpty { return "different" }
        if isHalfApplied { return "half applied" }
        if isDone { return entry?.manner.rawValue ?? "applied" }
        return states.allSatisfy { $0 == .standing } ? "standing" : "pending"
    }
}

extension SchemaDifference {
    /// For a table's foot: what is the matter, and what changes it.
    fileprivate var lines: String {
        "  \(words)\n" + (remedy.map { "    fix: \($0)\n" } ?? "")
    }
}

extension SchemaObject.State {
    fileprivate var word: String {
        switch self {
        case .absent: "absent"
        case .standing: "standing"
        case .different: "different"
        }
    }

    fileprivate var words: String {
        switch self {
        case .absent: "to be made"
        case .standing: "stands already and is only recorded"
        case .different(let differences):
            "stands otherwise, which is refused: " + differences.map(\.words).joined(separator: "; ")
        }
    }
}
