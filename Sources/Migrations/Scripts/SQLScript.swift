/// Cuts a script into statements.
enum SQLScript {
    /// The statements of `script`, without their semicolons and without comments between them.
    ///
    /// Knows quotes of all three kinds (doubled inside), `--` and `#` to the end of the line, and `/* … */`. Reads scalars, as
    /// servers do: for a `Character` a quote before a combining mark is no quote.
    static func statements(in script: String) -> [String] {
        var statements: [String] = []
        var statement = String.UnicodeScalarView()
        var rest = Array(script.unicodeScalars)[...]
        func close() {
            let trimmed = statement.trimmingBlanks()
            if !trimmed.isEmpty { statements.append(String(trimmed)) }
            statement = String.UnicodeScalarView()
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case ";":
                close()
            case "'", "\"", "`":
                statement.append(scalar)
                while let inner = rest.popFirst() {
                    statement.append(inner)
                    if inner == scalar { break }
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
                statement.append(scalar)
            }
        }
        close()
        return statements
    }
}

extension String.UnicodeScalarView {
    fileprivate func trimmingBlanks() -> Substring.UnicodeScalarView {
        var rest = self[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return rest
    }
}
