import Chronology
import Database
import ErrorModel
import Migrations
import Operations

/// The result of `migrate status`.
struct MigrationStatusResult: CommandResult {
    struct Line: Encodable {
        let number: Int
        let name: String
        let state: String
        @ExplicitNull var finishedAt: Instant?
        @ExplicitNull var appliedBy: String?
        let differences: [DisplayText]
    }

    let pending: [Int]
    let migrations: [Line]

    private let status: MigrationStatus

    private enum CodingKeys: CodingKey {
        case pending, migrations
    }

    init(_ status: MigrationStatus) {
        self.status = status
        pending = status.pending
        migrations = status.lines.map {
            Line(
                number: $0.migration.number, name: $0.migration.name, state: $0.word,
                finishedAt: $0.entry?.finishedAt, appliedBy: $0.entry?.appliedBy,
                differences: $0.differences.map(\.message))
        }
    }

    var failure: ErrorReport? {
        let differences = status.differences
        if !differences.isEmpty { return ErrorReport(of: SchemaError.different(differences)) }
        if let half = status.lines.first(where: \.isHalfApplied) {
            return ErrorReport(of: SchemaError.halfApplied(half.migration.number))
        }
        if pending.isEmpty { return nil }
        return ErrorReport(of: SchemaError.pending(pending))
    }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left, .left, .left], header: ["", "migration", "state", "when and who"])
        for line in status.lines {
            let when: DisplayText =
                line.entry?.finishedAt.map { "\(style.time($0)) by \(line.entry?.appliedBy ?? "")" } ?? ""
            table.add(
                DisplayText(Migration.label(line.migration.number)), DisplayText(line.migration.name),
                .term(line.word), when)
        }
        let later = status.missingLaterTables.map { table -> DisplayText in
            "\(table.name) does not exist yet; runs do without it, and 'pnbook migrate up' makes it\n"
        }
        return table.text(style) + later.joined() + status.differences.map(\.lines).joined()
    }
}
