package import ErrorModel

/// What an engine refused, with its own code.
///
/// The text says what happened; the statement is in ``statement`` and in `debugDescription` only, and bound values
/// are nowhere: they may be private data.
package struct DatabaseError: Diagnosable, CustomDebugStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// No database there: wrong host, port, socket, schema or file.
        case unreachable
        /// User or password are wrong.
        case accessDenied
        /// The user lacks a right; with the GRANT that would give it where it can be known.
        case missingRight(grant: String?)
        case missingTable
        case missingColumn
        /// The database takes no writes.
        case readOnly
        /// Another transaction holds what we need (1205, SQLITE_BUSY).
        case lockTimeout
        case deadlock
        /// Rows changed since the snapshot (1020), or a table did (1412).
        case snapshotConflict
        /// The connection is gone; an open transaction's outcome is unknown only if it was committing.
        case connectionLost
        case uniqueViolation
        /// A CHECK, NOT NULL or foreign key said no.
        case constraintViolation
        case dataTooLong
        /// The database has no room left.
        case full
        /// The file is not a database, or is damaged.
        case notADatabase
        /// TLS could not be agreed on, or the server's certificate did not convince.
        case tls
        /// A server of another kind, or too old.
        case unsupportedServer
        /// A setting of the server, or of what is between it and us, under which a promise could not be kept.
        case unsupportedSetting
        /// A limit of the server or of the account is reached; there is room again once others have ended, or an hour later.
        case limitReached
        /// What is configured on this machine cannot be used: for example a CA file without a certificate.
        case configuration
        case interrupted
        case misuse
        case other
    }

    package var kind: Kind
    package var engine: Engine
    /// The server's error number, or SQLite's extended result code.
    package var code: Int
    /// The engine's own words, or this program's.
    package var message: DisplayText
    /// The statement, without bound values.
    package var statement: String?
    /// Which database, without secrets.
    package var place: String
    /// What to do about it, where more is known of the cause than its kind; else nil.
    package var advice: Remedy?

    package init(
        kind: Kind, engine: Engine, code: Int, message: DisplayText, statement: String? = nil, place: String,
        advice: Remedy? = nil
    ) {
        self.kind = kind
        self.engine = engine
        self.code = code
        self.message = message
        self.statement = statement
        self.place = place
        self.advice = advice
    }

    /// Whether another transaction was in the way of this one, which has been rolled back and may succeed when it is begun
    /// again.
    package static func isConflict(_ error: any Error) -> Bool {
        switch error {
        case let error as DatabaseError: [.deadlock, .snapshotConflict, .lockTimeout].contains(error.kind)
        case let error as TransactionError: isConflict(error.cause)
        default: false
        }
    }

    /// The database does not answer, and may in a moment.
    package var isOutage: Bool { kind == .connectionLost || kind == .unreachable }

    package var text: DisplayText {
        "\(place): \(message) (\(engine.name) \(code))"
    }

    package var debugDescription: String {
        description + (statement.map { " in: \($0)" } ?? "")
    }
}
