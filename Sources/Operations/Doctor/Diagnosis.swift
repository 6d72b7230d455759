import Database
import Migrations
import PartnumberBooks

/// One thing that `doctor` has looked at.
package struct Diagnosis: Encodable {
    package enum Level: String, Encodable {
        case ok
        /// Worth knowing; nothing fails for it.
        case note
        /// A run would fail for it, or readers are told something wrong.
        case broken
    }

    package let topic: String
    package let level: Level
    /// What was found.
    package let found: String
    /// What mends it: commands or statements, one in a line; nil where there is nothing to mend.
    @ExplicitNull package var remedy: String?
    /// What a run would exit with for this.
    package let exitCode: Int32

    private init(_ topic: String, _ level: Level, _ found: String, _ remedy: String?, _ exitCode: Int32) {
        self.topic = topic
        self.level = level
        self.found = found
        self.exitCode = exitCode
        self.remedy = remedy
    }

    static func ok(_ topic: String, _ found: String) -> Diagnosis {
        Diagnosis(topic, .ok, found, nil, 0)
    }

    static func note(_ topic: String, _ found: String, mend remedy: String? = nil) -> Diagnosis {
        Diagnosis(topic, .note, found, remedy, 0)
    }

    static func broken(
        _ topic: String, _ found: String, mend remedy: String?, _ status: ExitStatus = .failed
    ) -> Diagnosis {
        Diagnosis(topic, .broken, found, remedy, status.rawValue)
    }

    /// The remarks as they are told: what is missing of rights in one, with all the statements, and not once more by every
    /// look that it has kept from something.
    package static func told(_ remarks: [Diagnosis]) -> [Diagnosis] {
        let missing = remarks.filter { $0.topic == "rights" && $0.level == .broken }
        guard let first = missing.first else { return remarks }
        let statements = missing.compactMap(\.remedy)
        let sum = Diagnosis.broken(
            first.topic,
            statements.contains { $0.contains(", ") } || missing.count > 1 ? "rights are missing" : first.found,
            mend: statements.isEmpty ? nil : statements.joined(separator: "\n"), .permission)
        var told: [Diagnosis] = []
        for remark in remarks {
            if remark.topic == first.topic {
                if !told.contains(where: { $0.topic == first.topic }) { told.append(sum) }
            } else if remark.level != .broken || remark.exitCode != sum.exitCode {
                told.append(remark)
            }
        }
        return told
    }

    /// What an error means.
    static func broken(_ topic: String, _ error: any Error) -> Diagnosis {
        let outcome = Outcome(of: error)
        // What is known of the cause is the remedy, and need not be said twice.
        if let error = error as? DatabaseError, let remedy = error.remedy {
            if case .missingRight(let grant?) = error.kind {
                return Diagnosis(topic, .broken, "\(error)", grant + ";", outcome.code)
            }
            return Diagnosis(topic, .broken, "\(error)", remedy, outcome.code)
        }
        return Diagnosis(topic, .broken, outcome.message, remedy(for: error), outcome.code)
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
            case .unreachable where error.code == 1049: "CREATE DATABASE ...; or another schema in --database"
            case .unreachable: "systemctl status mariadb  (on the server)"
            case .accessDenied: "pnbook config show"
            default: nil
            }
        case is ConfigurationError: "pnbook config show"
        default: nil
        }
    }
}
