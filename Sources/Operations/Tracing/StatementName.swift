import Database

/// What a statement is called in a trace: its verb and its table. Nothing else of it is shown: the rest may be data.
enum StatementName {
    /// The words behind which a statement names its table.
    private static let beforeTable: Set<String> = ["FROM", "INTO", "UPDATE", "TABLE", "JOIN", "ON"]
    private static let fillers: Set<String> = ["IF", "NOT", "EXISTS", "IGNORE", "LOW_PRIORITY"]

    /// `SELECT lot_partnumbers`; the verb alone where no table follows.
    static func name(of sql: SQL) -> String {
        let words = sql.text.split { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "," }.prefix(400).map(
            String.init)
        guard let first = words.first, let verb = identifier(first)?.uppercased() else { return "statement" }
        if verb == "UPDATE", words.count > 1, let table = identifier(words[1]) { return "UPDATE " + table }
        guard let place = words.dropFirst().firstIndex(where: { beforeTable.contains($0.uppercased()) }) else {
            return verb
        }
        let table = words[(place + 1)...].first { !fillers.contains($0.uppercased()) }
        return table.flatMap(identifier).map { verb + " " + $0 } ?? verb
    }

    /// A word that can only be a name: letters, digits, underscores and the points between them.
    private static func identifier(_ word: String) -> String? {
        let name = word.replacing("`", with: "").replacing(";", with: "")
        let isName = name.unicodeScalars.allSatisfy { scalar in
            scalar == "_" || scalar == "." || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar)
        }
        guard isName, !name.isEmpty, name.count <= 80, name.first?.isNumber == false else { return nil }
        return name
    }
}
