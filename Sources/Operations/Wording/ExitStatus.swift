package import ErrorModel

/// The exit codes of the programs (<doc:ExitCodes>).
package enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    case warnings = 3
    case migrationsPending = 10
    case busy = 11
    case migrationHalfApplied = 12
    case schema = 13
    case refused = 14
    case usage = 64
    case badData = 65
    case unreachable = 69
    case output = 74
    case tryLater = 75
    case permission = 77
    case configuration = 78
    /// 128 plus the signal's number, as for any program that a signal ends.
    case interrupted = 130
    case terminated = 143

    /// The one place where errors become exit codes.
    package init(_ category: ErrorCategory) {
        self =
            switch category {
            case .failed: .failed
            case .migrationsPending: .migrationsPending
            case .busy: .busy
            case .migrationHalfApplied: .migrationHalfApplied
            case .schema: .schema
            case .refused: .refused
            case .usage: .usage
            case .badData: .badData
            case .unreachable: .unreachable
            case .output: .output
            case .tryLater: .tryLater
            case .permission: .permission
            case .configuration: .configuration
            case .interrupted: .interrupted
            case .terminated: .terminated
            }
    }

    /// A name for programs, in snake case: that of the category that has this code.
    package var kind: String {
        switch self {
        case .done: "done"
        case .warnings: "warnings"
        default: ErrorCategory.allCases.first { ExitStatus($0) == self }?.rawValue ?? ErrorCategory.failed.rawValue
        }
    }

    /// For help texts and the manual.
    package var meaning: String {
        switch self {
        case .done: "done, with or without warnings"
        case .failed: "failed"
        case .warnings: "done with warnings, under --fail-on-warnings"
        case .migrationsPending: "migrations are pending"
        case .busy: "another run holds the database"
        case .migrationHalfApplied: "a migration is half applied"
        case .schema: "the schema is not as required"
        case .refused: "refused by a guard; the active book is unchanged"
        case .usage: "wrong usage"
        case .badData: "bad data or policy"
        case .unreachable: "the database cannot be reached"
        case .output: "output or a temporary file could not be written"
        case .tryLater: "the database is busy, read-only or full; try again later"
        case .permission: "password or rights"
        case .configuration: "configuration"
        case .interrupted: "ended by SIGINT; the work was undone"
        case .terminated: "ended by SIGTERM, SIGHUP or 'task cancel'; the work was undone"
        }
    }

    /// For help texts.
    package static var table: String {
        "Exit codes:\n" + allCases.map { "  \($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n")
    }
}
