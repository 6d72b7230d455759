extension String {
    /// In quotes, with everything in it to be seen: two texts that differ look different.
    ///
    /// A blank that is no plain space, a control or format character and an accent that is a character of its own are shown as
    /// `\u{…}`.
    var escapedForDisplay: String {
        "'" + unicodeScalars.map { $0.isPlain ? String($0) : "\\u{" + String($0.value, radix: 16) + "}" }.joined() + "'"
    }

    /// The same, cut to so many characters.
    func escapedForDisplay(upTo limit: Int) -> String {
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
