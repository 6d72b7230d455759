package import Database

extension MariaDBConnection {
    /// The missing rights of one account, all that can be known at once, one GRANT for each table or schema.
    ///
    /// A table that a user may not read is hidden: the server does not say whether it is there, and takes no GRANT on one
    /// that is not. Where nothing shows that the migrations have run, such rights are requested on the whole schema.
    package func missingRights(_ needs: [RequiredPrivileges], makesTables: Bool) throws -> [String] {
        guard let held = HeldGrants(try idleHandle()) else { throw error(statement: "SHOW GRANTS") }
        let visible = Set(
            try rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()") {
                $0.text(0) ?? ""
            })
        let looks = try needs.map { (need: $0, access: try access(to: $0)) }
        let isHidden = { (look: (need: RequiredPrivileges, access: Access)) in
            look.access == .lacks(look.need.rights) && !visible.contains(look.need.table)
        }
        let isAbsent = { (look: (need: RequiredPrivileges, access: Access)) in look.access == .absent }
        // Of the tables that are written only the migrations and we make any.
        let isMigrated = looks.contains { $0.need.rights != [.select] && !isAbsent($0) && !isHidden($0) }
        let onSchema = looks.filter { isAbsent($0) || (isHidden($0) && !isMigrated) }
        var statements: [String] = []
        for look in looks where !onSchema.contains(where: { $0.need.table == look.need.table }) {
            guard case .lacks(let rights) = look.access, !rights.isEmpty else { continue }
            let table = ("\(identifier: held.schema).\(identifier: look.need.table)" as SQL).text
            statements.append(Self.grant(rights.map(\.rawValue), on: table, to: held.grantee))
        }
        let rights = RequiredPrivileges.Right.allCases.filter { right in
            onSchema.contains { $0.need.rights.contains(right) && !held.has(right.rawValue, on: $0.need.table) }
        }
        let making = makesTables || !onSchema.isEmpty ? ["CREATE", "ALTER", "INDEX", "REFERENCES"] : []
        let lacking = rights.map(\.rawValue) + making.filter { !held.has($0) }
        if !lacking.isEmpty { statements.append(Self.grant(lacking, on: held.schemaTarget, to: held.grantee)) }
        return statements
    }

    private static func grant(_ rights: [String], on target: String, to account: String) -> String {
        "GRANT \(rights.joined(separator: ", ")) ON \(target) TO \(account)"
    }

    /// What a user may do with a table.
    private enum Access: Equatable {
        case absent
        /// All needed rights but these.
        case lacks([RequiredPrivileges.Right])
    }

    private func access(to need: RequiredPrivileges) throws -> Access {
        var lacking: [RequiredPrivileges.Right] = []
        for right in need.rights {
            do {
                _ = try rows(Self.probe(of: right, need.table)) { _ in }
            } catch let error as DatabaseError {
                switch error.kind {
                case .missingRight: lacking.append(right)
                case .missingTable: return .absent
                // The statement passed the check of rights, and failed only because the column does not exist.
                case .missingColumn where right == .update: break
                default: throw error
                }
            }
        }
        return .lacks(lacking)
    }

    /// A statement that needs the right and no other, and does nothing: EXPLAIN asks for what the statement itself would.
    private static func probe(of right: RequiredPrivileges.Right, _ table: String) -> SQL {
        switch right {
        case .select: "SELECT 1 FROM \(identifier: table) LIMIT 0"
        case .insert: "EXPLAIN INSERT INTO \(identifier: table) () VALUES ()"
        // Rights are looked at before names: a real column would have to be known, and could be read.
        case .update: "EXPLAIN UPDATE \(identifier: table) SET `there is no such column` = 0"
        case .delete: "EXPLAIN DELETE FROM \(identifier: table)"
        }
    }
}
