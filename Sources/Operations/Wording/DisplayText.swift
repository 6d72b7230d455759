import ErrorModel

/// Text that can be printed: what comes from data, from a server or from the command line is escaped in it.
///
/// A literal is the program's own text; what is interpolated is data. Its control characters, line breaks and other hidden
/// scalars are shown as `\u{…}`, so that no data forges a line of a report or a log, or speaks to a terminal. A front end prints
/// nothing else for people to read.
package struct DisplayText: Hashable, Sendable {
    /// As it is printed.
    package let string: String

    private init(verbatim string: String) {
        self.string = string
    }

    /// Data as a text of its own.
    package init(_ data: some StringProtocol) {
        string = data.withHiddenScalarsEscaped
    }

    /// The program's own text that is put together by other means, such as a page of help or a terminal's control sequence. It
    /// holds no data.
    package static func verbatim(_ text: String) -> DisplayText { DisplayText(verbatim: text) }

    /// Text of several lines that holds data without line breaks.
    package static func lines(_ text: String) -> DisplayText {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText(String($0)) }
            .joined(separator: "\n")
    }

    package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
        DisplayText(verbatim: left.string + right.string)
    }

    package static func += (left: inout DisplayText, right: DisplayText) {
        left = left + right
    }
}

extension DisplayText: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        string = text
    }

    package init(stringInterpolation pieces: StringInterpolation) {
        string = pieces.text
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ part: DisplayText) {
            text += part.string
        }

        package mutating func appendInterpolation(_ data: some StringProtocol) {
            text += data.withHiddenScalarsEscaped
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += value.description.withHiddenScalarsEscaped
        }
    }
}

extension Sequence<DisplayText> {
    package func joined(separator: DisplayText = "") -> DisplayText {
        .verbatim(map(\.string).joined(separator: separator.string))
    }
}
