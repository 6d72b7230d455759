extension HeldGrants {
    /// Reads a line of `SHOW GRANTS`; nil for what gives no right on data: a role, a routine, a proxy.
    static func line(_ text: String) -> Line? {
        var words = Words(text)
        guard words.take("GRANT ") else { return nil }
        var rights: Set<String> = []
        repeat {
            guard let right = words.right() else { return nil }
            rights.insert(right)
        } while words.take(", ")
        guard words.take(" ON "), let target = target(&words), words.take(" TO "), let name = words.name() else {
            return nil
        }
        return Line(rights: rights, target: target, role: words.take("@") ? nil : name)
    }

    private static func target(_ words: inout Words) -> Line.Target? {
        if words.take("*.*") { return .server }
        guard let schema = words.name(), words.take(".") else { return nil }
        if words.take("*") { return .schema(pattern: schema) }
        return words.name().map { .table(schema: schema, name: $0) }
    }

    /// Whether a schema's name fits a pattern as GRANT has them: `_` any character, `%` any run, `\` before either.
    ///
    /// Looks at each character of the pattern once: a pattern is what a server says, and trying every run in turn may take for ever.
    static func matches(_ pattern: String, _ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        // Whether the pattern so far fits the first so many characters.
        var fits = [true] + name.map { _ in false }
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "%" {
                for end in name.indices where fits[end] { fits[end + 1] = true }
            } else {
                let literal = scalar == "\\" ? rest.popFirst() ?? scalar : scalar
                let isAny = scalar == "_"
                fits = [false] + name.indices.map { fits[$0] && (isAny || name[$0] == literal) }
            }
        }
        return fits[name.count]
    }

    /// Characters before the first wildcard: of two patterns the server takes the one with more.
    static func literalStart(of pattern: String) -> Int {
        var count = 0
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if !isEscaped, scalar == "%" || scalar == "_" { return count }
            isEscaped = !isEscaped && scalar == "\\"
            count += isEscaped ? 0 : 1
        }
        return Int.max
    }

    /// The text of a line, from left to right.
    private struct Words {
        private var rest: Substring.UnicodeScalarView

        init(_ text: String) {
            rest = text[...].unicodeScalars
        }

        mutating func take(_ text: String) -> Bool {
            guard rest.starts(with: text.unicodeScalars) else { return false }
            rest = rest.dropFirst(text.unicodeScalars.count)
            return true
        }

        /// A name, in backticks or plain.
        mutating func name() -> String? {
            guard rest.first == "`" else {
                let plain = rest.prefix { !" .@,()".unicodeScalars.contains($0) }
                rest = rest.dropFirst(plain.count)
                return plain.isEmpty ? nil : String(plain)
            }
            var name = String.UnicodeScalarView()
            rest = rest.dropFirst()
            while let scalar = rest.popFirst() {
                if scalar == "`" {
                    guard rest.first == "`" else { return String(name) }
                    rest = rest.dropFirst()
                }
                name.append(scalar)
            }
            return nil
        }

        /// `SELECT`, `CREATE VIEW`, or a right on single columns, which counts as none on the table.
        mutating func right() -> String? {
            var right = String.UnicodeScalarView()
            while let scalar = rest.first {
                if rest.starts(with: " ON ".unicodeScalars) || scalar == "," { break }
                // A role: `GRANT readers TO …`.
                if scalar == "`" || rest.starts(with: " TO ".unicodeScalars) { return nil }
                if scalar == "(" {
                    guard columns() else { return nil }
                    right.append("(")
                    continue
                }
                right.append(scalar)
                rest = rest.dropFirst()
            }
            return String(right)
        }

        /// A list of columns in brackets.
        private mutating func columns() -> Bool {
            rest = rest.dropFirst()
            repeat {
                guard name() != nil else { return false }
            } while take(", ")
            return take(")")
        }
    }
}
