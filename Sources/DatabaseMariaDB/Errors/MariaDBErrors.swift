import CMariaDB
import Database
import ErrorModel
import FoundationEssentials

extension MariaDBConnection {
    static func error(code: Int, message: String, statement: String?, place: String) -> DatabaseError {
        DatabaseError(
            kind: kind(of: code, message: message), engine: .mariadb, code: code, message: .term(message),
            statement: statement, place: place,
            advice: LimitAdvice.remedy(code: code, message: message).map { .text($0) })
    }

    /// An error met while connecting: there a lost connection means that there was no answer.
    ///
    /// - Parameters:
    ///   - message: by which the cause is told.
    ///   - text: what is said in place of it.
    ///   - account: the account that the server has let in, but not into the schema.
    static func connectError(
        code: Int, message: String, text: DisplayText? = nil, _ options: MariaDBOptions,
        account: () -> HeldGrants? = { nil }
    ) -> DatabaseError {
        let location = options.location
        var error = error(code: code, message: message, statement: nil, place: location.description)
        if let text { error.message = text }
        if error.kind == .connectionLost { error.kind = .unreachable }
        if LoginAdvice.missingPlugin(message) != nil { error.kind = .accessDenied }
        let hasPassword = options.password != nil || options.defaultsFile != nil
        switch error.kind {
        case .tls where code == CR_SSL_CONNECTION_ERROR:
            error.advice = TLSAdvice(location: location, hasPassword: hasPassword).remedy(for: message)
        case .missingRight:
            let grant = account().flatMap { held in MissingGrant(message).map { $0.statement(to: held.grantee) } }
            if let grant, grant.hasSuffix(" TO ''@'localhost'") || grant.hasSuffix(" TO ''@'%'") {
                // Rights for that one would be rights for all.
                error.kind = .accessDenied
                error.advice = .text(
                    "The server knows no account of the user in the URL, and treats it as the anonymous one: check the user, or "
                        + "make the account (CREATE USER)")
                break
            }
            error.kind = .missingRight(grant: grant)
            error.advice = grant.map { .grant(statement: $0, doubt: .schemaMayBeAnother) }
        default:
            error.advice = error.advice ?? LoginAdvice(location: location).remedy(code: code, message: message)
        }
        return error
    }

    /// The same error, with the GRANT for the account that the server knows: its own text names the host that the client
    /// comes from. To be called where the error occurred, while the connection does nothing else.
    func explained(_ error: DatabaseError) -> DatabaseError {
        if error.kind == .lockTimeout { return explainedByCluster(error) }
        guard case .missingRight = error.kind, let handle = try? idleHandle() else { return error }
        var error = error
        let held = HeldGrants(handle)
        let missing = MissingGrant(error.message.string, schema: options.location.schema)
        if let held, let missing {
            let grant = missing.statement(to: held.grantee)
            error.kind = .missingRight(grant: grant)
            error.advice = .grant(statement: grant, doubt: doubt(about: missing, handle))
        } else {
            // Better no statement than one for an account that does not exist: it might make one, without a password.
            error.kind = .missingRight(grant: nil)
            error.advice = held.map { .text("Give \($0.account) the right, or run as another user") }
        }
        return error
    }

    /// Whether the table may be missing too: the server does not tell a user from whom it hides a table whether it exists.
    private func doubt(
        about missing: MissingGrant, _ handle: MariaDBHandle
    ) -> Remedy.GrantDoubt? {
        guard missing.target.hasPrefix("`"), !missing.target.hasSuffix(".*"), !missing.rights.contains("CREATE") else {
            return nil
        }
        let visible = HeldGrants.rows(
            "SELECT CONCAT(table_name) FROM information_schema.tables WHERE table_schema = DATABASE()", handle)
        let names = visible.compactMap { $0.first.flatMap(\.self) }
        if names.contains(where: { missing.target.hasSuffix(".\(("\(identifier: $0)" as SQL).text)") }) { return nil }
        return .tableMayBeMissing
    }

    private static func kind(of code: Int, message: String) -> DatabaseError.Kind {
        switch code {
        // No server is missing: it would not be there in a moment either.
        case _ where [2001, 2004].contains(code) && LimitAdvice.isDescriptorLimit(message): .limitReached
        case 2001, 2002, 2003, 2004, 2005, 1040, 1049, 1129, 1130, 1203: .unreachable
        // Of the account's limits only the connections of others end soon.
        case 1226: LimitAdvice.resource(message) == "max_user_connections" ? .unreachable : .limitReached
        case 1461: .limitReached
        // The last: a plugin that is not allowed here, in the client library's own words (CR_PLUGIN_NOT_ALLOWED).
        case 1045, 1251, 1524, 1698, 1820, 1862, 2059, 4151, 5010: .accessDenied
        case 1044, 1142, 1143, 1227, 1370, 1410, 1419: .missingRight(grant: MissingGrant(message)?.statement)
        case 1146, 1051: .missingTable
        case 1054: .missingColumn
        case 1290, 1792, 1836: .readOnly
        case 1205: .lockTimeout
        case 1213: .deadlock
        case 1020, 1412: .snapshotConflict
        case 2006, 2013, 2055, 1053, 1927, 1047, 1152, 1159, 1160, 1161, 5014: .connectionLost
        case 1062, 1586: .uniqueViolation
        case 1048, 1264, 1364, 1366, 1451, 1452, 4025: .constraintViolation
        case 1153, 1406, 2020: .dataTooLong
        case 1021, 1114, 1197: .full
        // What a cluster refuses has no numbers of its own: its limits on a transaction, and a commit on a node that has just
        // left it.
        case 1105 where message.contains("writeset size"): .full
        case 1180 where message.contains("wsrep_max_ws_"): .full
        case 1180 where message.contains("provider status") || message.contains("Primary Component"): .connectionLost
        // A key or a row too long for the server's pages (innodb_page_size), an engine that it does not make,
        // an init_connect that fails.
        case 1071, 1118, 1184, 1286, 1709: .unsupportedSetting
        case _ where LimitAdvice.isTemporarySpace(message): .full
        // The text has the storage engine's or the file system's own number and message: 28 is ENOSPC.
        case 3, 1026, 1030: message.contains("28 \"No space") ? .full : .other
        case 1317, 1969, 1968: .interrupted
        case 2026, 3159: .tls
        // What the client library cannot make sense of.
        case 2000, 2007, 2012, 2014, 2027: .unsupportedServer
        default: .other
        }
    }
}
