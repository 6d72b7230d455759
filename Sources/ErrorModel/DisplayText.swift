/// Text for people that can be printed: what comes from data, from a server or from the command line is escaped in it.
///
/// A literal is the program's own text, a *phrase*; what is interpolated is data, or another text. Control characters, line
/// breaks and other hidden scalars of data are shown as `\u{…}`, so that no data forges a line of a report or a log, or speaks
/// to a terminal. A front end prints nothing else for people to read.
///
/// A phrase is written in English, and keeps its literal pieces apart from what is interpolated: a ``Translation`` replaces the
/// pieces when the text is rendered. Phrases joined by `+` are translated as one where the translation knows them as one: a
/// sentence may be broken over two lines of code.
package struct DisplayText: Hashable, Sendable {
    var parts: [Part]

    enum Part: Hashable, Sendable {
        /// As it is printed.
        case verbatim(String)
        /// One phrase, or several that `+` joins.
        case phrases([Phrase])
        /// A time, in milliseconds since 1970, and as it is shown in UTC.
        case time(Int64, utc: String)
    }

    init(parts: [Part]) {
        self.parts = parts
    }

    /// Data as a text of its own.
    package init(_ data: some StringProtocol) {
        parts = [.verbatim(data.withHiddenScalarsEscaped)]
    }

    /// The program's own text that is put together by other means, such as a page of help or a terminal's control sequence. It
    /// holds no data, and is not translated.
    package static func verbatim(_ text: String) -> DisplayText { DisplayText(parts: [.verbatim(text)]) }

    /// One of the program's own words that has been kept or handed on as data, such as a task's status or phase: translated where it
    /// is known, and escaped as any data.
    package static func term(_ word: String) -> DisplayText {
        DisplayText(parts: [.phrases([Phrase(word.withHiddenScalarsEscaped)])])
    }

    /// A time, which is shown in the zone of the place where it is printed.
    ///
    /// - Parameters:
    ///   - milliseconds: since 1970, in UTC.
    ///   - utc: as it is shown where no zone is known.
    package static func time(milliseconds: Int64, utc: String) -> DisplayText {
        DisplayText(parts: [.time(milliseconds, utc: utc)])
    }

    /// Text of several lines that holds data without line breaks.
    package static func lines(_ text: String) -> DisplayText {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText(String($0)) }
            .joined(separator: "\n")
    }

    /// The phrase that begins with `left` and goes on with `right`.
    package static func + (left: DisplayText, right: DisplayText) -> DisplayText {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        guard left.parts.count == 1, right.parts.count == 1, case .phrases(let first) = left.parts[0],
            case .phrases(let second) = right.parts[0]
        else { return DisplayText(parts: left.parts + right.parts) }
        return DisplayText(parts: [.phrases(first + second)])
    }

    package static func += (left: inout DisplayText, right: DisplayText) {
        left = left + right
    }

    /// As it is printed in English: for logs, machines and stored rows, which have one language.
    package var string: String { string(in: nil) }

    /// How a time, in milliseconds since 1970, is shown.
    package typealias Clock = @Sendable (_ milliseconds: Int64) -> String

    /// As it is printed.
    ///
    /// - Parameters:
    ///   - translation: nil for English.
    ///   - clock: nil for UTC.
    package func string(in translation: Translation?, clock: Clock? = nil) -> String {
        parts.map { part in
            switch part {
            case .verbatim(let text): text
            case .phrases(let phrases): Phrase.string(of: phrases, in: translation, clock)
            case .time(let milliseconds, let utc): clock?(milliseconds) ?? utc
            }
        }.joined()
    }

    /// Whether nothing would be printed.
    package var isEmpty: Bool {
        parts.allSatisfy { part in
            switch part {
            case .verbatim(let text): text.isEmpty
            case .phrases(let phrases): phrases.allSatisfy(\.isEmpty)
            case .time: false
            }
        }
    }

    /// Two texts are the same if they read the same in English, however they are put together.
    package static func == (left: DisplayText, right: DisplayText) -> Bool { left.string == right.string }

    package func hash(into hasher: inout Hasher) { hasher.combine(string) }
}

/// In English, as ``string``.
extension DisplayText: CustomStringConvertible {
    package var description: String { string }
}

extension DisplayText: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        parts = [.phrases([Phrase(text)])]
    }

    package init(stringInterpolation pieces: StringInterpolation) {
        parts = [.phrases([pieces.phrase])]
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var phrase = Phrase("")

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            phrase.append(literal)
        }

        package mutating func appendInterpolation(_ text: DisplayText) {
            phrase.append(.text(text))
        }

        package mutating func appendInterpolation(_ error: some Diagnosable) {
            phrase.append(.text(error.text))
        }

        package mutating func appendInterpolation(_ error: any Error) {
            phrase.append(.text(DisplayText(of: error)))
        }

        package mutating func appendInterpolation(_ data: some StringProtocol) {
            phrase.append(.text(DisplayText(data)))
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            phrase.append(.text(DisplayText(value.description)))
        }
    }

    /// What any error says.
    package init(of error: any Error) {
        self = (error as? any Diagnosable)?.text ?? DisplayText("\(error)" as String)
    }
}

extension Sequence<DisplayText> {
    /// All of them, one after the other.
    package func joined(separator: DisplayText = "") -> DisplayText {
        let between = separator.isEmpty ? [] : separator.parts
        var parts: [DisplayText.Part] = []
        for text in self {
            if !parts.isEmpty { parts += between }
            parts += text.parts
        }
        return DisplayText(parts: parts)
    }
}

/// In English, for programs.
extension DisplayText: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(string)
    }
}
