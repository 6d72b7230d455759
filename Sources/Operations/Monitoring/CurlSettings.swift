import ErrorModel

/// Settings for `curl`, as its option `--config` reads them: one on a line.
struct CurlSettings {
    private(set) var text = ""

    /// A setting that is on.
    mutating func add(_ name: String) {
        text += name + "\n"
    }

    /// A setting with a value, whatever is in it.
    mutating func add(_ name: String, _ value: String) {
        text += "\(name) = \"\(Self.escaped(value))\"\n"
    }

    /// As curl reads a value in quotes: backslash and quote escaped. A hidden scalar would end the line, or be taken for one
    /// of curl's own escapes, and is shown by its number.
    static func escaped(_ text: String) -> String {
        // By scalars: a quote before a combining mark is another `Character` than the quote alone.
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\", "\"": "\\" + String(scalar)
            default: scalar.isHidden ? "\\" + scalar.escaped : String(scalar)
            }
        }.joined()
    }
}
