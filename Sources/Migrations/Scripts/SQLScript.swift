/// Cuts a script into statements.
enum SQLScript {
    /// The statements of `script`, without their semicolons and without comments between them.
    ///
    /// Knows quotes of all three kinds (doubled inside), `--` and `#` to the end of the line, and `/* … */`.
    static func statements(in script: String) -> [String] {
        var statements: [String] = []
        var statement = ""
        var rest = Array(script)[...]
        func close() {
            let trimmed = statement.trimmingBlanks()
            if !trimmed.isEmpty { statements.append(trimmed) }
            statement = ""
        }
        while let character = rest.popFirst() {
            switch character {
            case ";":
                close()
            case "'", "\"", "`":
                statement.append(character)
                while let inner = rest.popFirst() {
                    statement.append(inner)
                    if inner == character { break }
                }
            case "-" where rest.first == "-", "#":
                rest = rest.drop { $0 != "\n" }
            case "/" where rest.first == "*":
                rest = rest.dropFirst()
                while let inner = rest.popFirst() {
                    if inner == "*" && rest.first == "/" {
                        rest = rest.dropFirst()
                        break
                    }
                }
            default:
                statement.append(character)
            }
        }
        close()
        return statements
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
