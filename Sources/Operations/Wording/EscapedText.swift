/// Text from data or from a server, escaped so that it can be shown on a line of its own.
package enum EscapedText {
    /// Control characters would move a terminal's cursor or worse; they are shown as `\u{…}`.
    package static func controls(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control
                ? "\\u{" + String(scalar.value, radix: 16) + "}" : String(scalar)
        }.joined()
    }
}

extension String {
    /// In quotes, with every character visible: two texts that differ look different.
    ///
    /// A blank that is not a plain space, a control or format character and a combining accent are shown as `\u{…}`.
    package var escapedForDisplay: String {
        "'" + unicodeScalars.map { $0.isPlain ? String($0) : "\\u{" + String($0.value, radix: 16) + "}" }.joined() + "'"
    }

    /// The same, cut to `limit` characters.
    package func escapedForDisplay(upTo limit: Int) -> String {
        (count > limit ? prefix(limit - 1) + "…" : self).escapedForDisplay
    }
}

extension Unicode.Scalar {
    fileprivate var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark,
            .unassigned, .privateUse, .surrogate:
            false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}
