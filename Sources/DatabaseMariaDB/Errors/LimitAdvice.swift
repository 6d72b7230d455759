import Database
import ErrorModel

/// What to do where a limit or a setting of the server or of the account is in the way.
enum LimitAdvice {
    /// Connections that a run has open at once: for its task, for reading and for writing. Cancelling it takes one more.
    static let connectionsOfARun = ServerStatus.connectionsOfARun

    /// Nil for any other error.
    static func remedy(code: Int, message: String) -> DisplayText? {
        switch code {
        case 1226: account(message)
        case 1203, 1040:
            "Others have taken all connections; a run needs \(connectionsOfARun) at once. Run again later, or raise "
                + "\(code == 1203 ? "max_user_connections" : "max_connections")"
        case _ where [2001, 2004].contains(code) && isDescriptorLimit(message):
            "This process may open no more files; raise the limit (ulimit -n; LimitNOFILE= in a unit)"
        case 1184:
            "Where the server's init_connect fails, an administrator can look at it: SHOW GLOBAL VARIABLES LIKE 'init_connect'"
        case 1461:
            "Others have prepared as many statements as the server allows. Run again later, or raise max_prepared_stmt_count"
        // Met with the first statement: such an account is let in, to do nothing but change its password.
        case 1820, 1862:
            "The account's password has expired; give it a new one: ALTER USER ... IDENTIFIED BY '...'; or, for an account of "
                + "a program: ALTER USER ... PASSWORD EXPIRE NEVER;"
        case 1197: "Then run again"
        // A write set that is too large for the cluster has no number of its own.
        case 1105 where message.contains("writeset size"): "Raise wsrep_max_ws_size on every node of the cluster"
        case 1180 where message.contains("wsrep_max_ws_rows"): "Raise wsrep_max_ws_rows on every node of the cluster"
        case 1665:
            "Let the server log rows: SET GLOBAL binlog_format = 'MIXED'; and the same in its configuration"
        case 1969:
            "The server stops statements that take long (max_statement_time)"
        case _ where isTemporarySpace(message):
            "Raise \(message.contains("Global") ? "max_tmp_total_space_usage" : "max_tmp_session_space_usage")"
        default: nil
        }
    }

    /// No socket could be made: the number in the text is EMFILE or ENFILE.
    static func isDescriptorLimit(_ message: String) -> Bool { message.hasSuffix("(24)") || message.hasSuffix("(23)") }

    /// The limits of temporary space have no numbers of their own among the server's errors.
    static func isTemporarySpace(_ message: String) -> Bool { message.contains("temporary space limit reached") }

    /// `User 'few' has exceeded the 'max_user_connections' resource (current value: 2)`.
    static func resource(_ message: String) -> Substring? {
        message.firstMatch(of: /exceeded the '([a-z_]+)' resource/)?.1
    }

    private static func account(_ message: String) -> DisplayText {
        let resource = resource(message) ?? "..."
        // MariaDB's grammar has the names of the variables, in capitals.
        let change = "ALTER USER ... WITH \(resource.uppercased()) 0;"
        return resource == "max_user_connections"
            ? "A run needs \(connectionsOfARun) connections of its account at once. Run again once others have ended, or "
                + "let an administrator raise the account's limit: ALTER USER ... WITH MAX_USER_CONNECTIONS "
                + "\(connectionsOfARun + 1);"
            : "Run again when the hour is over, or let an administrator lift the account's limit: \(change)"
    }
}
