/// What a MariaDB answers while a connection of ours opens.
package enum SessionAnswers {
    /// Nil for a statement that does not belong to the opening of a session.
    ///
    /// - Parameter settings: values by their expression, in place of the usual ones.
    package static func reply(
        to command: ScriptedServer.Command, _ settings: [String: String] = [:]
    ) -> ScriptedServer.Reply? {
        guard case .query(let text) = command else { return nil }
        if text.hasPrefix("SET ") || text.hasPrefix("USE ") { return .packets([WirePacket.ok()]) }
        if text.hasPrefix("SHOW SESSION VARIABLES WHERE") { return result(columns: 2, rows: []) }
        guard text.hasPrefix("SELECT @@max_allowed_packet, ") else { return nil }
        // A function's arguments belong together.
        let expressions = text.dropFirst("SELECT ".count).replacing(", 0)", with: ",0)").split(separator: ", ").map(
            String.init)
        return result(
            columns: expressions.count, rows: [expressions.map { settings[$0] ?? usual[$0] ?? "0" }])
    }

    /// The answer to a plain query.
    package static func result(columns: Int, rows: [[String?]]) -> ScriptedServer.Reply {
        .packets(
            [WirePacket.length(UInt64(columns))] + Array(repeating: WirePacket.column(), count: columns)
                + [WirePacket.end] + rows.map(WirePacket.textRow) + [WirePacket.end])
    }

    /// By the expression that is selected; zero for any other.
    private static let usual = [
        "@@max_allowed_packet": "16777216", "@@global.read_only": "0", "@@binlog_format": "MIXED",
        "@@session.tx_isolation": "READ-COMMITTED", "DATABASE()": "shop",
        "@@session.sql_select_limit": "18446744073709551615", "@@session.foreign_key_checks": "1",
        "@@session.unique_checks": "1", "@@session.check_constraint_checks": "1", "@@session.autocommit": "1",
        "@@session.completion_type": "NO_CHAIN",
    ]
}
