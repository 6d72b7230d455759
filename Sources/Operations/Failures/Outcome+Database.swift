import Database

extension Outcome {
    /// What the kind of an error means: the code, and the way out where nothing more is known of the cause.
    ///
    /// - Parameter isUndone: the statement was part of a transaction, of which nothing is left.
    static func usualAdvice(on error: DatabaseError, isUndone: Bool) -> (ExitStatus, String?) {
        let unchanged = isUndone ? "; nothing was changed" : ""
        return switch error.kind {
        case .unreachable where error.engine == .sqlite:
            (
                .unreachable,
                "Check the path after sqlite: and the rights on its folder; 'pnbook load DIR' makes a new database"
            )
        case .unreachable where error.code == 1049:
            (
                .unreachable,
                "Check the schema's name in the URL; the server knows no such schema, or make it with CREATE DATABASE"
            )
        case .unreachable:
            (.unreachable, "Check host, port or socket in the URL, and that the server is running")
        case .accessDenied:
            (.permission, "Check the user in the URL and the password (--password-file or --defaults-file)")
        case .missingRight(let grant?):
            (.permission, "An administrator can give the right: \(grant);")
        case .missingRight(nil):
            (.permission, "Give this user the right, or run as another")
        case .missingTable, .missingColumn:
            (.schema, "Look with 'pnbook migrate status'")
        case .readOnly where error.engine == .sqlite:
            (.permission, "Give this user the right to write the file and its folder" + unchanged)
        case .readOnly:
            (.tryLater, "Write to the primary server, or make the database writable" + unchanged)
        case .lockTimeout:
            (.tryLater, "Somebody else holds what is needed; try again later" + unchanged)
        case .deadlock, .snapshotConflict:
            (.tryLater, "Try again" + unchanged)
        case .connectionLost:
            (.unreachable, "The server undoes what was not committed; look with 'pnbook list', then run again")
        case .full where error.code == 1197:
            (.tryLater, "Then run again" + unchanged)
        case .full where error.code == 1105:
            (.tryLater, "Raise wsrep_max_ws_size on every node of the cluster" + unchanged)
        case .full:
            (.tryLater, "Make room for the database" + unchanged)
        case .notADatabase:
            (.schema, "The file is no SQLite database or is damaged; check the path")
        case .tls:
            (.unreachable, nil)
        case .limitReached:
            (.tryLater, "Run again later" + unchanged)
        case .configuration:
            (.configuration, nil)
        case .dataTooLong, .constraintViolation, .uniqueViolation:
            (.badData, isUndone ? "Nothing was changed" : nil)
        case .unsupportedServer, .unsupportedSetting:
            (.schema, nil)
        case .interrupted:
            (.failed, "The statement was stopped by an administrator or a time limit" + unchanged)
        case .misuse, .other:
            (.failed, nil)
        }
    }
}
