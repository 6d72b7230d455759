import Database
import ErrorModel

/// One server that may be connected to: one address of one host.
struct ServerCandidate: Hashable, Sendable {
    let host: MariaDBHost
    /// The one of the host's addresses; nil where it has only one.
    let address: String?

    /// `db1.example:3306`, and with one of several addresses `db.example:3306 (10.0.0.7)`.
    var label: String { host.label + (address.map { " (\($0))" } ?? "") }
}

/// Why one of several servers was passed over.
struct ServerRefusal: Sendable {
    let candidate: ServerCandidate
    let error: DatabaseError

    /// `db1.example:3306: Can't connect to server on 'db1.example' (111)`.
    var text: DisplayText { "\(candidate.label): \(error.message)" }

    /// What the refusals of all servers are together: an outage where it is one of any, for then it may pass by itself; else what the
    /// first was refused for.
    ///
    /// - Parameters:
    ///   - refusals: at least one.
    ///   - location: with all the servers.
    static func sum(_ refusals: [ServerRefusal], of location: MariaDBURL) -> DatabaseError {
        let deciding = (refusals.first { $0.error.isOutage } ?? refusals[0]).error
        let isSame = refusals.allSatisfy {
            $0.error.kind == deciding.kind && $0.error.message.string == deciding.message.string
        }
        // All addresses of a name are refused for the same.
        if isSame, location.hosts.count == 1 { return deciding }
        return DatabaseError(
            kind: deciding.isOutage ? .unreachable : deciding.kind, engine: .mariadb, code: deciding.code,
            message:
                "none of the \(refusals.count) servers can be used: \(refusals.map(\.text).joined(separator: "; "))",
            place: location.description, advice: .steps(deciding.remedy, .diagnose))
    }
}
