import CMariaDB
package import Database

extension MariaDBConnection {
    package func report(on tables: [String], clock: () -> Int64) throws -> EngineReport {
        let (version, user) =
            try first("SELECT VERSION(), CURRENT_USER()") { ($0.text(0) ?? "", $0.text(1)) } ?? ("", nil)
        let readOnly = try first("SELECT @@global.read_only") { $0.text(0) ?? "" } ?? ""
        return EngineReport(
            version: version, user: user, encryption: try encryption(),
            isReadOnly: readOnly != "0" && readOnly.uppercased() != "OFF", maximumPacket: maximumPacket,
            clockDifference: try clockDifference(clock),
            cluster: try cluster(), tables: try tables.compactMap(table))
    }

    /// By one question, whose way there and back is taken for equally long.
    private func clockDifference(_ clock: () -> Int64) throws -> Int64? {
        let before = clock()
        let theirs = try first("SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)") { $0.integer(0) } ?? nil
        return theirs.map { $0 - (before + clock()) / 2 }
    }

    private func encryption() throws -> String? {
        let status = try variables("SHOW SESSION STATUS WHERE variable_name IN ('Ssl_version', 'Ssl_cipher')")
        guard let cipher = status["ssl_cipher"], !cipher.isEmpty else { return nil }
        return [status["ssl_version"] ?? "TLS", cipher].joined(separator: ", ")
    }

    private func cluster() throws -> ClusterReport? {
        guard try !isLockDecisive() else { return nil }
        let status = try variables(
            """
            SHOW GLOBAL STATUS WHERE variable_name IN
                ('wsrep_cluster_status', 'wsrep_local_state_comment', 'wsrep_ready', 'wsrep_cluster_size')
            """)
        return ClusterReport(
            status: status["wsrep_cluster_status"] ?? "", state: status["wsrep_local_state_comment"] ?? "",
            isReady: status["wsrep_ready"] == "ON", nodes: status["wsrep_cluster_size"].flatMap(Int.init) ?? 0)
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

    // MARK: Rights

    package func missingRights(_ needs: [NeededRights], makesTables: Bool) throws -> [String] {
        var missing: [String] = []
        var unmade: Set<NeededRights.Right> = []
        for need in needs {
            switch try columns(of: need.table, noting: &missing) {
            case .none: unmade.formUnion(need.rights)
            case .some(let columns):
                guard let column = columns.first else { continue }
                for right in need.rights where right != .select {
                    try probe(Self.probe(of: right, need.table, column: column.name), &missing)
                }
            }
        }
        if makesTables { missing += try missingSchemaRights(unmade) }
        return Self.joined(missing)
    }

    /// One statement for all rights on a table.
    private static func joined(_ grants: [String]) -> [String] {
        var rights: [(target: String, rights: [String])] = []
        var others: [String] = []
        for grant in grants {
            guard grant.hasPrefix("GRANT "), let on = grant.firstRange(of: " ON ") else {
                others.append(grant)
                continue
            }
            let right = String(grant[..<on.lowerBound].dropFirst("GRANT ".count))
            let target = String(grant[on.lowerBound...])
            if let index = rights.firstIndex(where: { $0.target == target }) {
                rights[index].rights.append(right)
            } else {
                rights.append((target, [right]))
            }
        }
        return rights.map { "GRANT \($0.rights.joined(separator: ", "))\($0.target)" } + others
    }

    /// The table's columns; nil where it does not stand, and none where it may not be read, which is noted.
    private func columns(of table: String, noting missing: inout [String]) throws -> [ColumnDescription]? {
        do {
            guard let columns = try columns(of: table) else { return nil }
            try probe("SELECT 1 FROM \(identifier: table) LIMIT 0", &missing)
            return columns
        } catch let error as DatabaseError {
            guard case .missingRight(let grant) = error.kind else { throw error }
            missing.append(grant ?? "\(error)")
            return []
        }
    }

    /// A statement that needs the right and does nothing: EXPLAIN asks for what the statement itself would.
    private static func probe(of right: NeededRights.Right, _ table: String, column: String) -> SQL {
        switch right {
        case .select: "SELECT 1 FROM \(identifier: table) LIMIT 0"
        case .insert: "EXPLAIN INSERT INTO \(identifier: table) () VALUES ()"
        case .update:
            "EXPLAIN UPDATE \(identifier: table) SET \(identifier: column) = \(identifier: column) WHERE 1 = 0"
        case .delete: "EXPLAIN DELETE FROM \(identifier: table) WHERE 1 = 0"
        }
    }

    private func probe(_ statement: SQL, _ missing: inout [String]) throws {
        do {
            _ = try rows(statement) { _ in }
        } catch let error as DatabaseError {
            guard case .missingRight(let grant) = error.kind else { throw error }
            missing.append(grant ?? "\(error)")
        }
    }

    /// The rights that migrations and the first run need; nothing harmless asks for them, so the grants are read.
    ///
    /// - Parameter unmade: what is needed on tables that are still to be made.
    private func missingSchemaRights(_ unmade: Set<NeededRights.Right>) throws -> [String] {
        let names = try first("SELECT CURRENT_USER(), CURRENT_ROLE(), DATABASE()") {
            ($0.text(0) ?? "", $0.text(1), $0.text(2) ?? "")
        }
        guard let (user, role, schema) = names, let at = user.lastIndex(of: "@") else { return [] }
        let grantee = "'\(user[..<at])'@'\(user[user.index(after: at)...])'"
        var held: Set<String> = []
        // A schema stands in grants as a pattern. Of two that match only one counts, so the one that is there is used.
        var pattern = schema.replacing("_", with: "\\_").replacing("%", with: "\\%")
        for name in [grantee] + (role.map { ["'\($0)'@''"] } ?? []) {
            held.formUnion(
                try rows("SELECT privilege_type FROM information_schema.user_privileges WHERE grantee = \(name)") {
                    $0.text(0) ?? ""
                })
            try forEachRow(
                """
                SELECT privilege_type, table_schema FROM information_schema.schema_privileges
                WHERE grantee = \(name) AND DATABASE() LIKE table_schema
                """
            ) { row in
                held.insert(row.text(0) ?? "")
                if name == grantee { pattern = row.text(1) ?? pattern }
            }
        }
        let needed = NeededRights.Right.allCases.filter(unmade.contains).map(\.rawValue)
        let lacking = (needed + ["CREATE", "ALTER", "INDEX", "REFERENCES"]).filter { !held.contains($0) }
        if lacking.isEmpty { return [] }
        let target = ("\(identifier: pattern)" as SQL).text
        return ["GRANT \(lacking.joined(separator: ", ")) ON \(target).* TO \(grantee)"]
    }
}
