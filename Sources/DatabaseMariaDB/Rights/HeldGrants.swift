import Database

/// The account of a connection and what it may do by itself, by its enabled roles, and by PUBLIC.
///
/// `information_schema` shows an account's own rights only, and not those of its roles; `SHOW GRANTS` shows all of them.
struct HeldGrants {
    /// One line of `SHOW GRANTS`.
    struct Line: Hashable {
        enum Target: Hashable {
            case server
            /// A schema's name as a pattern.
            case schema(pattern: String)
            case table(schema: String, name: String)
        }

        let rights: Set<String>
        let target: Target
        /// Nil for the account itself; else a role, or PUBLIC.
        let role: String?
    }

    /// As `CURRENT_USER()` says: with the account's host, not the client's.
    let user: String
    let host: String
    let role: String?
    let schema: String
    let lines: [Line]

    /// Reads them from the server, on a connection that does nothing else meanwhile; nil where it does not answer.
    init?(_ handle: MariaDBHandle) {
        guard
            let names = Self.rows("SELECT CURRENT_USER(), CURRENT_ROLE(), DATABASE()", handle).first,
            names.count == 3, let account = names[0], let at = account.lastIndex(of: "@")
        else { return nil }
        user = String(account[..<at])
        host = String(account[account.index(after: at)...])
        (role, schema) = (names[1], names[2] ?? "")
        lines = Self.rows("SHOW GRANTS", handle).compactMap { $0.first.flatMap(\.self) }.compactMap(Self.line)
    }

    /// The grantee that a right is best given to: the account, or its role where all that it may do comes from that.
    var grantee: String {
        guard let role else { return account }
        let ownLines = lines.filter { $0.role == nil && !$0.rights.subtracting(["USAGE"]).isEmpty && concerns($0) }
        return ownLines.isEmpty ? Self.quoted(role) : account
    }

    /// `'night'@'%'`.
    var account: String { Self.quoted(user) + "@" + Self.quoted(host) }

    /// Whether a right is held on all of the schema.
    func has(_ right: String) -> Bool {
        schemaLines.contains { $0.rights.contains(right) || $0.rights.contains("ALL PRIVILEGES") }
    }

    /// Whether a right is held on a table, whether the table is there or not.
    func has(_ right: String, on table: String) -> Bool {
        has(right)
            || lines.contains {
                $0.target == .table(schema: schema, name: table)
                    && ($0.rights.contains(right) || $0.rights.contains("ALL PRIVILEGES"))
            }
    }

    /// The schema as a GRANT on all of it names it: as the grantee's rights name it already, for of two patterns that fit
    /// the server takes one.
    var schemaTarget: String {
        let isRole = grantee != account
        for line in schemaLines where (line.role != nil) == isRole {
            if case .schema(let pattern) = line.target { return ("\(identifier: pattern)" as SQL).text + ".*" }
        }
        return MissingGrant.pattern(of: schema) + ".*"
    }

    /// What holds on the whole schema: of each grantee's patterns that fit, the one that the server takes.
    private var schemaLines: [Line] {
        var best: [String: (line: Line, weight: Int)] = [:]
        for line in lines {
            guard case .schema(let pattern) = line.target, Self.matches(pattern, schema) else { continue }
            let weight = Self.literalStart(of: pattern)
            let name = line.role ?? ""
            if best[name].map({ $0.weight < weight }) ?? true { best[name] = (line, weight) }
        }
        return lines.filter { $0.target == .server } + best.values.map(\.line)
    }

    private func concerns(_ line: Line) -> Bool {
        switch line.target {
        case .server: true
        case .schema(let pattern): Self.matches(pattern, schema)
        case .table(let schema, _): schema == self.schema
        }
    }

    /// A name as an account's part. Backticks where a quoted text would mean something else under another `sql_mode`.
    static func quoted(_ name: String) -> String {
        name.unicodeScalars.contains { "'\\\n".unicodeScalars.contains($0) }
            ? ("\(identifier: name)" as SQL).text : "'\(name)'"
    }

    // MARK: Asking

    /// The rows of a statement as text; none where it fails. Past the connection's own statements, whose error is being
    /// looked into.
    static func rows(_ statement: String, _ handle: MariaDBHandle) -> [[String?]] {
        (try? handle.textRows(statement)) ?? []
    }
}
