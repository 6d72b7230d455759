/// Text from data or from a server in messages: what could not be seen for what it is becomes visible.
///
/// By Unicode scalars, never by `Character`: a line break after a carriage return, or a quote before a combining mark, is another
/// `Character` than the break or the quote alone.
extension Unicode.Scalar {
    /// Whether a line that people or programs read must not have it as it is: it would move a terminal's cursor, end the line,
    /// turn the reading direction, or not be seen at all.
    ///
    /// That is control characters (C0, DEL, C1), line and paragraph separators, and format characters: directional marks and
    /// overrides, blanks without width, tags, and whatever else shows nothing by itself.
    package var isHidden: Bool {
        // Most texts are nothing else.
        if (0x20..<0x7F).contains(value) { return false }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        // Fillers, joiners and selectors of variants.
        default: properties.isDefaultIgnorableCodePoint
        }
    }

    /// `\u{1b}`.
    package var escaped: String { "\\u{" + String(value, radix: 16) + "}" }

    /// `\u001b`, as JSON has it: two of them beyond U+FFFF.
    package var escapedInJSON: String {
        String(self).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}

extension StringProtocol {
    /// With each hidden scalar written as `\u{…}`.
    package var withHiddenScalarsEscaped: String {
        guard unicodeScalars.contains(where: \.isHidden) else { return String(self) }
        return unicodeScalars.map { $0.isHidden ? $0.escaped : String($0) }.joined()
    }
}
