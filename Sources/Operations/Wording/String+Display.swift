import ErrorModel

extension String {
    /// In quotes, with every character visible: two texts that differ look different.
    ///
    /// A blank that is not a plain space, a hidden scalar and a combining accent are shown as `\u{…}`.
    package var escapedForDisplay: String {
        "'" + unicodeScalars.map { $0.isPlain ? String($0) : $0.escaped }.joined() + "'"
    }

    /// The same, cut to `limit` Unicode scalars: a single `Character` may have millions of them.
    package func escapedForDisplay(upTo limit: Int) -> String { cut(to: limit).escapedForDisplay }

    /// At most `limit` Unicode scalars of it, the last of which is `…` where something is left out.
    package func cut(to limit: Int) -> String {
        let scalars = unicodeScalars
        return scalars.count > limit ? String(scalars.prefix(limit - 1)) + "…" : self
    }
}

extension Unicode.Scalar {
    fileprivate var isPlain: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .unassigned, .privateUse, .surrogate: false
        case .spaceSeparator: self == " "
        default: !isHidden
        }
    }
}
