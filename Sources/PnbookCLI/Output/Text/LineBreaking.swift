/// Text in lines of a limited width.
enum LineBreaking {
    /// The lines of `text`, none wider than `width` columns: broken at blanks; within a word only if it is wider than a line, then
    /// after a hyphen, a slash or the like, else anywhere but before a combining mark. Only blanks at a break are dropped.
    ///
    /// A number with its groups and a time with its zone are one word: `23 580`, `2026-11-20 03:00:00 +03:00`.
    static func lines(_ text: String, width: Int) -> [String] {
        let width = max(1, width)
        if text.columns <= width { return [text] }
        var lines: [String] = []
        var line = ""
        for piece in words(text).flatMap({ pieces(of: $0, width: width) }) {
            let trimmed = piece.trimmingEnd
            if !line.isEmpty, line.columns + trimmed.columns > width {
                lines.append(line.trimmingEnd)
                line = ""
            }
            line += piece
        }
        lines.append(line.trimmingEnd)
        return lines
    }

    /// The widest word of `text`.
    static func widestWord(_ text: String) -> Int { words(text).map(\.trimmingEnd.columns).max() ?? 0 }

    /// The words, each with the blanks that follow it.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            word.append(scalar)
            guard scalar == " ", index + 1 < scalars.count, scalars[index + 1] != " " else { continue }
            if index > 0, binds(scalars[index - 1], scalars[index + 1]) { continue }
            words.append(String(word))
            word = String.UnicodeScalarView()
        }
        words.append(String(word))
        return words
    }

    /// Whether the blank between the two belongs to a number or a time.
    private static func binds(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(left) && (("0"..."9").contains(right) || right == "+")
    }

    /// Marks after which a word may be broken that is wider than a line.
    private static let joints: Set<Unicode.Scalar> = [" ", "-", "/", ",", ";", ":", "=", "_", ".", "|", "+"]

    /// A word in pieces of at most `width` columns.
    private static func pieces(of word: String, width: Int) -> [String] {
        if word.trimmingEnd.columns <= width { return [word] }
        var pieces: [String] = []
        var rest = Array(word.unicodeScalars)[...]
        while !rest.isEmpty {
            var end = rest.startIndex
            var columns = 0
            while end < rest.endIndex, columns + rest[end].columns <= width {
                columns += rest[end].columns
                end += 1
            }
            if end < rest.endIndex {
                // Behind the last joint that is not too far left; a piece has at least one scalar.
                let joint = rest[..<end].lastIndex { joints.contains($0) }.map { $0 + 1 }
                end = max(joint ?? end, rest.startIndex + 1)
                while end < rest.endIndex, rest[end].columns == 0 { end += 1 }
            }
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: rest[..<end])
            pieces.append(String(piece))
            rest = rest[end...]
        }
        return pieces
    }
}

extension StringProtocol {
    /// Without the blanks at its end.
    var trimmingEnd: String {
        var scalars = String(self).unicodeScalars
        while scalars.last == " " { scalars.removeLast() }
        return String(scalars)
    }
}
