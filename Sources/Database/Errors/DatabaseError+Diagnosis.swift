package import ErrorModel

extension DatabaseError {
    package var category: ErrorCategory {
        switch kind {
        case .unreachable, .connectionLost, .tls: .unreachable
        case .accessDenied, .missingRight: .permission
        case .readOnly:
            switch engine {
            // A file's mode, which only its owner changes.
            case .sqlite: .permission
            // A server's state: a replica is promoted, a maintenance ends.
            case .mariadb: .tryLater
            }
        case .lockTimeout, .deadlock, .snapshotConflict, .full, .limitReached: .tryLater
        case .missingTable, .missingColumn, .notADatabase, .unsupportedServer, .unsupportedSetting: .schema
        case .uniqueViolation, .constraintViolation, .dataTooLong: .badData
        case .configuration: .configuration
        case .interrupted, .misuse, .other: .failed
        }
    }

    package var remedy: Remedy? { advice ?? usualRemedy }

    /// The remedy where only the kind of the error is known.
    private var usualRemedy: Remedy? {
        switch kind {
        case .unreachable:
            switch engine {
            case .sqlite: .checkLocation(.file)
            case .mariadb: .checkLocation(.server)
            }
        case .accessDenied: .checkCredentials()
        case .missingRight(let grant?): .grant(statement: grant)
        case .missingRight(nil): .text("Give this user the right, or run as another")
        case .missingTable, .missingColumn: .migrationStatus
        case .readOnly:
            switch engine {
            case .sqlite: .text("Give this user the right to write the file and its folder")
            case .mariadb: .text("Write to the primary server, or make the database writable")
            }
        case .lockTimeout: .waitForOther
        case .deadlock, .snapshotConflict: .tryAgain
        case .connectionLost: .checkBooks(retry: true)
        case .full: .makeRoom
        case .notADatabase: .text("The file is not a \(engine.name) database or is damaged; check the path")
        case .limitReached: .tryLater
        case .tls, .configuration, .dataTooLong, .constraintViolation, .uniqueViolation, .unsupportedServer,
            .unsupportedSetting, .interrupted, .misuse, .other:
            nil
        }
    }

    /// With the state of the transaction, which is known where the error ends the work: nothing of it was kept.
    package var summary: DisplayText {
        switch kind {
        case .readOnly, .lockTimeout, .deadlock, .snapshotConflict, .full, .limitReached, .dataTooLong,
            .constraintViolation, .uniqueViolation:
            text + "; nothing was changed"
        case .connectionLost:
            text + "; the server undoes what was not committed"
        case .interrupted:
            text + "; the statement was stopped by an administrator or a time limit, and nothing was changed"
        case .unreachable, .accessDenied, .missingRight, .missingTable, .missingColumn, .notADatabase, .tls,
            .unsupportedServer, .unsupportedSetting, .configuration, .misuse, .other:
            text
        }
    }
}
