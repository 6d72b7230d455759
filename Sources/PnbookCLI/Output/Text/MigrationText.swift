import ErrorModel
import Migrations
import Operations

extension MigrationStatus.Line {
    /// `applied`, `adopted`, `pending`, `half applied`, `present` (there, but not recorded) or `different`.
    var word: String {
        if !differences.isEmpty { return "different" }
        if isHalfApplied { return "half applied" }
        if isDone { return entry?.method.rawValue ?? "applied" }
        return states.allSatisfy { $0 == .present } ? "present" : "pending"
    }
}

extension HistoryEntry.Method {
    var text: DisplayText {
        switch self {
        case .applied: "applied"
        case .adopted: "adopted"
        }
    }
}

extension SchemaDifference {
    /// For the lines below a table: what differs, and what fixes it.
    var lines: DisplayText {
        let found: DisplayText = "  \(message)\n"
        let fix: DisplayText = remedy.map { "    fix: \($0)\n" } ?? ""
        return "\(found)\(fix)"
    }
}

extension SchemaObject.State {
    var word: String {
        switch self {
        case .absent: "absent"
        case .present: "present"
        case .different: "different"
        }
    }

    /// For a comment above the statements.
    var summary: DisplayText {
        switch self {
        case .absent: "to be created"
        case .present: "exists already and is only recorded"
        case .different(let differences):
            "differs, which is refused: \(differences.map(\.message).joined(separator: "; "))"
        }
    }
}
