/// A statement and its bound values, written as one string literal.
///
/// A plain `\(x)` is always a bind, never text; what must be text says so: `\(identifier: name)` for a checked and
/// quoted table or column name, `\(raw: text)` for a piece of trusted SQL.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The text, with a `?` for each bind.
    package private(set) var text: String
    package private(set) var binds: [Value]

    /// A statement as it is written, with a value for each mark in it, such as a frozen migration's text.
    package init(raw text: String, binds: [Value] = []) {
        self.text = text
        self.binds = binds
    }

    package init(stringLiteral text: String) {
        self.init(raw: text)
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
        binds = stringInterpolation.binds
    }

    /// How many marks for values `text` has: question marks outside of quotes and comments.
    package static func marks(in text: String) -> Int {
        var marks = 0
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "?"): marks += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
                rest = rest.drop { $0 != byte }.dropFirst()
            case UInt8(ascii: "-") where rest.starts(with: "- ".utf8):
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            default: break
            }
        }
        return marks
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var binds: [Value] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: String?) {
            bind(value.map(Value.text) ?? .null)
        }

        package mutating func appendInterpolation(_ value: Int64?) {
            bind(value.map(Value.integer) ?? .null)
        }

        package mutating func appendInterpolation(_ value: Int64) {
            bind(.integer(value))
        }

        package mutating func appendInterpolation(_ value: Int) {
            bind(.integer(Int64(value)))
        }

        package mutating func appendInterpolation(_ value: Bool) {
            bind(.integer(value ? 1 : 0))
        }

        /// A table or column name, in backticks, which both engines read as identifier quotes.
        package mutating func appendInterpolation(identifier name: String) {
            // By scalars: a combining mark after a backtick makes another `Character` of the two.
            let parts = name.unicodeScalars.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
            text += "`" + parts.joined(separator: "``") + "`"
        }

        /// Such names with commas between them.
        package mutating func appendInterpolation(identifiers names: [String]) {
            for (index, name) in names.enumerated() {
                if index > 0 { text += ", " }
                appendInterpolation(identifier: name)
            }
        }

        /// A piece of a statement with its own binds.
        package mutating func appendInterpolation(_ piece: SQL) {
            text += piece.text
            binds += piece.binds
        }

        /// Trusted SQL text; never data.
        package mutating func appendInterpolation(raw sql: String) {
            text += sql
        }

        private mutating func bind(_ value: Value) {
            text += "?"
            binds.append(value)
        }
    }
}
