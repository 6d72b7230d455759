import Chronology
import Crypto
import Database

/// One numbered step of the schema, as frozen text for one engine.
///
/// The text calls no code and no configuration. Lines `-- step: OBJECT` cut it into steps; each step makes exactly one
/// object (a table, or `table.column`), and may need several statements on SQLite.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let text: String
    package let steps: [Step]

    package struct Step: Sendable {
        /// What exists once the step has run.
        package let object: SchemaObject
        package let statements: [String]
    }

    /// Parses the text; the scripts are ours, so a malformed one is a mistake of the program.
    package init(number: Int, name: String, text: String) {
        self.number = number
        self.name = name
        self.text = text
        var steps: [Step] = []
        var block = ""
        var object: String?
        func close() {
            guard let object else { return }
            guard let known = SchemaObject.named(object, after: number) else {
                preconditionFailure("migration \(number) names \(object), which is not known")
            }
            steps.append(Step(object: known, statements: SQLScript.statements(in: block)))
        }
        for line in Self.normalized(text).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- step: ") {
                close()
                object = String(line.dropFirst("-- step: ".count))
                block = ""
            } else {
                block += line + "\n"
            }
        }
        close()
        self.steps = steps
    }

    /// SHA-256 of the text, in hexadecimal. Line ends and a byte order mark don't count: editors and version control
    /// change them on their own.
    package var checksum: String {
        SHA256.hash(data: Array(Self.normalized(text).utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private static func normalized(_ text: String) -> String {
        let bare = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        return String(bare.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }

    /// `026 partnumber_books`.
    package var title: String { Self.label(number) + " " + name }

    /// `026`.
    package static func label(_ number: Int) -> String {
        padded(number, 3)
    }
}
