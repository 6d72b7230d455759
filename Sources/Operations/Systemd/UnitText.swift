import ErrorModel

/// The text of a systemd unit: the one place where names and values become lines of it.
struct UnitText {
    private(set) var text = ""

    mutating func section(_ name: String) {
        text += (text.isEmpty ? "" : "\n") + "[\(name)]\n"
    }

    /// Adds a setting.
    ///
    /// - Parameter value: as the unit has it; what comes from the configuration goes through ``literal(_:)`` or ``word(_:dollar:)``.
    /// - Throws: ``ConfigurationError`` for a value with a line break or another hidden scalar, which would be further settings.
    mutating func add(_ name: String, _ value: String) throws {
        guard !value.unicodeScalars.contains(where: \.isHidden) else {
            throw ConfigurationError(
                "the unit's \(name)= would have a line break or another invisible character: \(value)",
                remedy: .text("Take it out of the name or path that it comes from"))
        }
        text += "\(name)=\(value)\n"
    }

    /// A value that is taken as it is, without systemd's specifiers.
    static func literal(_ text: String) -> String {
        text.unicodeScalars.map { $0 == "%" ? "%%" : String($0) }.joined()
    }

    /// One word of a value that is a list or a command: in quotes where it would not be one.
    ///
    /// - Parameter dollar: whether `$` means a variable there.
    static func word(_ text: String, dollar: Bool = true) -> String {
        let text = literal(text)
        // By scalars: a combining mark after a quote makes another `Character` of the two.
        guard text.isEmpty || text.unicodeScalars.contains(where: { " \"'\\;$\t".unicodeScalars.contains($0) }) else {
            return text
        }
        let inner = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"": "\\" + String(scalar)
            case "$" where dollar: "$$"
            default: String(scalar)
            }
        }
        return "\"" + inner.joined() + "\""
    }
}
