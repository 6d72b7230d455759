import ErrorModel
import Migrations
import Operations

/// The result of `migrate plan`.
struct MigrationPlanResult: CommandResult {
    struct Step: Encodable {
        /// Null for one of the program's own tables.
        @ExplicitNull var migration: Int?
        let object: String
        let state: String
        let statements: [String]
    }

    struct Difference: Encodable {
        let object: String
        let found: DisplayText
        @ExplicitNull var fix: DisplayText?
    }

    let steps: [Step]
    /// What must be changed by hand before `migrate up` can do anything.
    let differences: [Difference]

    let failure: ErrorReport?
    private let plannedSteps: [PlannedStep]

    private enum CodingKeys: CodingKey {
        case steps, differences
    }

    init(_ steps: [PlannedStep], _ differences: [SchemaDifference], failure: ErrorReport?) {
        self.failure = failure
        plannedSteps = steps
        self.differences = differences.map { Difference(object: $0.object, found: $0.message, fix: $0.remedy) }
        self.steps = steps.map {
            Step(migration: $0.number, object: $0.object, state: $0.state.word, statements: $0.statements)
        }
    }

    var isProse: Bool { false }

    func text(_ style: TextStyle) -> DisplayText {
        // With differences alone nothing is planned; they are reported on stderr.
        if plannedSteps.isEmpty { return differences.isEmpty ? "Nothing is pending.\n" : "" }
        return plannedSteps.map { step in
            let number = step.number.map { Migration.label($0) + " " } ?? ""
            let head: DisplayText = "-- \(number)\(step.object): \(step.state.summary)\n"
            return head + step.statements.map(Self.text).joined()
        }.joined(separator: "\n")
    }

    /// A statement of the scripts, in its own lines.
    private static func text(_ statement: String) -> DisplayText {
        .lines(statement) + ";\n"
    }
}
