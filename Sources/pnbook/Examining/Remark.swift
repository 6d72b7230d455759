import Database
import Migrations
import PartnumberBooks

/// One thing that `doctor` has looked at.
struct Remark: Encodable {
    enum Level: String, Encodable {
        case ok
        /// Worth knowing; nothing fails for it.
        case note
        /// A run would fail for it, or readers are told something wrong.
        case broken
    }

    let topic: String
    let level: Level
    /// What was found.
    let found: String
    /// What mends it: a command or a statement, or nil where there is nothing to mend.
    @ExplicitNull var remedy: String?
    /// What a run would exit with for this.
    let exitCode: Int32

    private init(_ topic: String, _ level: Level, _ found: String, _ remedy: String?, _ exitCode: Int32) {
        self.topic = topic
        self.level = level
        self.found = found
        self.exitCode = exitCode
        self.remedy = remedy
    }

    static func ok(_ topic: String, _ found: String) -> Remark {
        Remark(topic, .ok, found, nil, 0)
    }

    static func note(_ topic: String, _ found: String, mend remedy: String? = nil) -> Remark {
        Remark(topic, .note, found, remedy, 0)
    }

    static func broken(
        _ topic: String, _ found: String, mend remedy: String?, _ status: ExitStatus = .failed
    ) -> Remark {
        Remark(topic, .broken, found, remedy, status.rawValue)
    }

    /// What an error means.
    static func broken(_ topic: String, _ error: any Error) -> Remark {
        let outcome = Outcome(of: error)
        return Remark(topic, .broken, outcome.message, remedy(for: error), outcome.code)
    }

    /// The command, where there is one; the message itself says what else helps.
    private static func remedy(for error: any Error) -> String? {
        switch error {
        case SchemaError.pending, SchemaError.halfApplied: "pnbook migrate up"
        case SchemaError.missingTable: "pnbook load DIR, or another schema in --database"
        case let error as DatabaseError:
            switch error.kind {
            case .missingRight(let grant?): grant + ";"
            case .unreachable where error.engine == .sqlite: "pnbook load DIR, or another path in --database"
            case .unreachable: "systemctl status mariadb  (on the server)"
            case .accessDenied: "pnbook config show"
            case .tls: "Add ?tls-ca=FILE to the URL in --database"
            default: nil
            }
        case is ConfigurationError: "pnbook config show"
        default: nil
        }
    }
}
