import CMariaDB
package import Database

extension MariaDBConnection {
    package func report(on tables: [String], clock: () -> Int64) throws -> ServerStatus {
        let (version, user) =
            try first("SELECT VERSION(), CURRENT_USER()") { ($0.text(0) ?? "", $0.text(1)) } ?? ("", nil)
        // The session's value is the account's own limit, where it has one.
        let connections = try count("SELECT @@session.max_user_connections")
        let readOnly = try first("SELECT @@global.read_only") { $0.text(0) ?? "" } ?? ""
        var status = ServerStatus(
            version: version, user: user, encryption: try encryption(),
            trust: MariaDBTLS.trust(try pointer(), options.location),
            offersTLS: try offersTLS(), maximumConnections: connections > 0 ? connections : nil,
            isReadOnly: readOnly != "0" && readOnly.uppercased() != "OFF", maximumPacket: maximumPacket,
            clockDifference: try clockDifference(clock),
            cluster: try ClusterState(of: self)?.report, tables: try tables.compactMap(table))
        status.server = options.location
        status.replication = try replication()
        return status
    }

    /// Measured with one query, assuming request and response take equally long.
    private func clockDifference(_ clock: () -> Int64) throws -> Int64? {
        let before = clock()
        let theirs = try first("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)") { $0.integer(0) } ?? nil
        return theirs.map { theirs in
            let (difference, overflow) = theirs.subtractingReportingOverflow((before + clock()) / 2)
            // A server may say anything: its clock is then wrong by more than can be shown, and has a magnitude.
            return overflow || difference == .min ? .max : difference
        }
    }

    private func encryption() throws -> String? {
        let status = try variables("SHOW SESSION STATUS WHERE variable_name IN ('Ssl_version', 'Ssl_cipher')")
        guard let cipher = status["ssl_cipher"], !cipher.isEmpty else { return nil }
        return [status["ssl_version"] ?? "TLS", cipher].joined(separator: ", ")
    }

    /// The variable says YES, or DISABLED where the server has no certificate.
    private func offersTLS() throws -> Bool? {
        try variables("SHOW GLOBAL VARIABLES LIKE 'have_ssl'")["have_ssl"].map { $0 == "YES" }
    }

    /// Names in lower case.
    private func variables(_ query: SQL) throws -> [String: String] {
        let pairs = try rows(query) { (($0.text(0) ?? "").lowercased(), $0.text(1) ?? "") }
        return Dictionary(pairs) { first, _ in first }
    }

    private func table(_ name: String) throws -> TableReport? {
        let size = try first(
            """
            SELECT data_length + index_length FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = \(name)
            """
        ) { $0.integer(0).map { Int($0) } }
        guard let size else { return nil }
        let collations = try rows(
            """
            SELECT column_name, collation_name FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = \(name) AND collation_name IS NOT NULL
            """
        ) { ($0.text(0) ?? "", $0.text(1) ?? "") }
        return TableReport(name: name, bytes: size, collations: Dictionary(collations) { first, _ in first })
    }
}
