/// How many columns of a terminal text takes.
extension Unicode.Scalar {
    /// 0 for a mark that combines with what is before it, 2 for East Asian wide characters and emoji, else 1.
    ///
    /// Not `wcwidth`: that knows nothing but ASCII in a process whose locale is C.
    var columns: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        // Vowels and finals of Hangul that combine with the initial before them.
        if (0x1160...0x11FF).contains(value) { return 0 }
        if Self.wide.contains(where: { $0.contains(value) }) { return 2 }
        // Of a flag each half is shown by itself where the two do not become one.
        return properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(value) ? 2 : 1
    }

    /// The blocks whose East Asian width is wide or full (Unicode, UAX #11); emoji are told by their own property.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}

extension StringProtocol {
    /// The columns of a text without line breaks and without hidden scalars.
    var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }
}

extension String {
    /// As much of a text as fits into so many columns, the last of them `…` where something is left out.
    func cut(toColumns limit: Int) -> String {
        if columns <= limit { return self }
        var kept = String.UnicodeScalarView()
        var columns = 1
        for scalar in unicodeScalars {
            columns += scalar.columns
            if columns > limit { break }
            kept.append(scalar)
        }
        return String(kept).trimmingEnd + "…"
    }
}
