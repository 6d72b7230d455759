import Database

/// The right that a refusal names, and the statement that grants it.
struct MissingGrant {
    /// `SELECT`, or several with commas.
    let rights: String
    /// "`shop`.`lot`".
    let target: String
    /// The account as the refusal has it: with the *client's* host, which need not be the account's.
    let named: String?

    /// What the server names but cannot be granted.
    private static let ungrantable: Set<String> = ["ANY", "SHOW", "GRANT"]

    /// Reads the server's messages 1142, 1143, 1044 and 1227; nil for any other.
    ///
    /// - Parameter schema: the connection's, for messages that name a table without one.
    init?(_ message: String, schema: String? = nil) {
        if let (rights, rest) = message.split(at: " command denied to user "), !Self.ungrantable.contains(rights) {
            if let (user, table) = rest.split(at: " for table ") {
                (self.rights, target, named) = (rights, Self.qualified(table, schema), user)
                return
            }
            if let (user, names) = rest.split(at: " for column "), let (column, table) = names.split(at: " in table ") {
                self.rights = "\(rights) (\(Self.identifier(column)))"
                (target, named) = (Self.qualified(table, schema), user)
                return
            }
        } else if let (start, rest) = message.split(at: "Access denied for user "), start.isEmpty,
            let (user, schema) = rest.split(at: " to database ")
        {
            rights = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES"
            (target, named) = (Self.pattern(of: Self.unquoted(schema) ?? schema) + ".*", user)
            return
        } else if let match = message.wholeMatch(
            of: /Access denied; you need \(at least one of\) the (.+) privilege\(s\) for this operation/)
        {
            // SUPER comes first where there is a right that allows less.
            rights = match.1.split(separator: ", ").last.map(String.init) ?? ""
            (target, named) = ("*.*", nil)
            return
        }
        return nil
    }

    /// With the account as the refusal has it; nil where it has none.
    var statement: String? { named.map(statement(to:)) }

    func statement(to account: String) -> String { "GRANT \(rights) ON \(target) TO \(account)" }

    /// A schema as GRANT reads it: as a pattern.
    static func pattern(of schema: String) -> String {
        // By scalars: a combining mark makes another `Character` of what is before it.
        let literal = schema.unicodeScalars.map { "\\_%".unicodeScalars.contains($0) ? "\\" + String($0) : String($0) }
            .joined()
        return ("\(identifier: literal)" as SQL).text
    }

    private static func qualified(_ table: String, _ schema: String?) -> String {
        let name = identifier(table)
        guard let schema, !name.contains("`.`") else { return name }
        return ("\(identifier: schema)" as SQL).text + "." + name
    }

    /// A name in backticks: newer servers write them, older ones and other messages write plain quotes.
    private static func identifier(_ name: String) -> String {
        unquoted(name).map { ("\(identifier: $0)" as SQL).text } ?? name
    }

    private static func unquoted(_ name: String) -> String? {
        guard name.hasPrefix("'"), name.hasSuffix("'"), name.count >= 2 else { return nil }
        return String(name.dropFirst().dropLast())
    }
}

extension String {
    /// The text before the first `separator`, and after it; nil where there is no separator.
    fileprivate func split(at separator: String) -> (String, String)? {
        firstRange(of: separator).map { (String(self[..<$0.lowerBound]), String(self[$0.upperBound...])) }
    }
}
