import ErrorModel
import FoundationEssentials

/// The arguments that the program was started with, as a message about them may repeat them.
///
/// The parser's messages quote them as they are. One that may hold a password is left out, and in the others line breaks and
/// other hidden scalars are escaped.
struct QuotedArguments {
    /// What is replaced, and by what; the longest first, since one argument may be a part of another.
    private let replacements: [(argument: String, shown: String)]

    init(_ arguments: some Sequence<String>) {
        var texts: Set<String> = []
        for argument in arguments {
            texts.insert(argument)
            // The parser quotes the name and the value of --name=value each by itself.
            if let equals = argument.unicodeScalars.firstIndex(of: "=") {
                texts.insert(String(argument[..<equals]))
                texts.insert(String(argument[argument.unicodeScalars.index(after: equals)...]))
            }
        }
        replacements = texts.sorted { $0.utf8.count > $1.utf8.count }.compactMap { text in
            let shown = Self.mayHoldPassword(text) ? "…" : text.withHiddenScalarsEscaped
            return shown.utf8.elementsEqual(text.utf8) ? nil : (text, shown)
        }
    }

    /// A message that quotes some of the arguments.
    func shown(in message: String) -> String {
        // By code units: for `Character`s a line break before a combining mark would be another one.
        let units = replacements.reduce(Array(message.utf8)) { text, replacement in
            text.replacing(Array(replacement.argument.utf8), with: Array(replacement.shown.utf8))
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// Whether it looks like a URL, or like user, password and host, or names a password. A long option without a value is
    /// none: its name is what the message is about.
    private static func mayHoldPassword(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        if text.hasPrefix("--"), !scalars.contains("="), !scalars.contains("@") { return false }
        let lowercased = text.lowercased()
        return ["//", "mariadb", "mysql", "pass", "pwd", "secret", "token"].contains { lowercased.contains($0) }
            || scalars.contains("@") || (text.hasPrefix("-p") && scalars.count > 2)
    }
}
