import Database
import Migrations
import PartnumberBooks
import Pipelines
import Retention
import Tasks

/// The program's exit codes (CONTRACT 8).
enum ExitStatus: Int32, CaseIterable {
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

    /// In words, for help texts.
    var meaning: String {
        switch self {
        case .done: "done (warnings too, but for --fail-on-warnings)"
        case .failed: "failed"
        case .warnings: "done with warnings, under --fail-on-warnings"
        case .migrationsPending: "migrations are pending"
        case .busy: "another run holds the database"
        case .migrationHalfApplied: "a migration is half applied"
        case .schema: "the schema is not what it must be"
        case .refused: "refused by a guard; the active book is unchanged"
        case .usage: "wrong usage"
        case .badData: "bad data or policy"
        case .unreachable: "the database cannot be reached"
        case .output: "output or a temporary file could not be written"
        case .tryLater: "the database is busy, read-only or full; try again later"
        case .permission: "password or rights"
        case .configuration: "configuration"
        }
    }

    /// For help texts.
    static var table: String {
        "Exit codes:\n" + allCases.map { "  \($0.rawValue)\t\($0.meaning)" }.joined(separator: "\n")
            + "\n  130/143\tended by SIGINT, SIGTERM or 'task cancel'; the work was undone"
    }
}

/// What an error means to whoever started the program: a code, and what happened with the way out.
struct Outcome {
    let code: Int32
    /// What happened, and the way out.
    let message: String

    private init(_ status: ExitStatus, _ message: String) {
        code = status.rawValue
        self.message = message
    }

    /// The one place where errors become exit codes.
    init(of error: any Error) {
        let text = "\(error)"
        switch error {
        case let error as DatabaseError: self = Self.database(error)
        case let error as TransactionError: self.init(code: Outcome(of: error.cause).code, message: text)
        case let error as SchemaError: self.init(Self.status(of: error), text)
        case let error as MigrationInterrupted:
            let (status, remedy) = Self.advice(on: error.cause, isUndone: false)
            self.init(status, text + (remedy.map { ". " + $0 } ?? ""))
        case is CatalogueSchemaError, is QuoteForgeFileError: self.init(.schema, text)
        case is GuardRefusal, is PruneRefusal, is ActivationRefusal, is ExportRefusal: self.init(.refused, text)
        case is BookDataError, is BookListError, is LoadError, is RetentionPolicyError, is UnreadableBook:
            self.init(.badData, text)
        case is BookNotFound, is TaskError, is LostTask, is CommitLost, is OutcomeUnknown:
            self.init(.failed, text)
        case let error as DatabaseBusyError: self.init(.busy, text + "; " + error.wayOut)
        case is ThreadError: self.init(.tryLater, text)
        case let error as Cancelled: self.init(code: Self.code(of: error.reason), message: text)
        case let error as PruneError: self.init(code: Outcome(of: error.cause).code, message: text)
        case is OutputError, is SpillError: self.init(.output, text)
        case let error as FileError: self.init(error.mayPass ? .tryLater : .output, text)
        case is UsageError: self.init(.usage, text)
        case PublicationError.changedByItself, PublicationError.keyCollision, PublicationError.unusableID,
            PublicationError.strayItems, PublicationError.refusedByTable:
            self.init(.schema, text)
        case is ConfigurationError: self.init(.configuration, text)
        default: self.init(.failed, text)
        }
    }

    private init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    private static func code(of reason: CancellationToken.Reason) -> Int32 {
        switch reason {
        case .signal(let number): 128 + number
        case .request: 143
        case .revoked: ExitStatus.busy.rawValue
        }
    }

    private static func status(of error: SchemaError) -> ExitStatus {
        switch error {
        case .pending: .migrationsPending
        case .halfApplied: .migrationHalfApplied
        default: .schema
        }
    }

    private static func database(_ error: DatabaseError) -> Outcome {
        let (status, remedy) = advice(on: error, isUndone: true)
        return Outcome(status, "\(error)" + (remedy.map { ". " + $0 } ?? ""))
    }

    /// - Parameter isUndone: the statement was part of a transaction, of which nothing is left.
    private static func advice(on error: DatabaseError, isUndone: Bool) -> (ExitStatus, String?) {
        let (status, usual) = usualAdvice(on: error, isUndone: isUndone)
        guard let remedy = error.remedy else { return (status, usual) }
        return (status, remedy + (isUndone && status == .tryLater ? "; nothing was changed" : ""))
    }
}

/// A flag whose value makes no sense.
struct UsageError: Error, CustomStringConvertible {
    let description: String
}

/// An environment variable or a file that makes no sense.
struct ConfigurationError: Error, CustomStringConvertible {
    let description: String
}
