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

    /// A text of several lines, those that are wider than `width` wrapped, further lines of each two columns to the right.
    ///
    /// What is indented far is to be copied, such as a command that fixes something, and stays one line.
    static func fitted(_ text: String, width: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }
            let isCommand = indent.count >= indentOfCommands
            guard !isCommand, line.columns > width, !line.contains("\u{1B}") else { return String(line) }
            let lines = lines(String(line.dropFirst(indent.count)), width: width - indent.count - 2)
            return indent + lines.joined(separator: "\n" + indent + "  ")
        }.joined(separator: "\n")
    }

    private static let indentOfCommands = 8

    /// The widest word of `text`.
    static func widestWord(_ text: String) -> Int { words(text).map(\.trimmingEnd.columns).max() ?? 0 }

    /// The words, each with the blanks that follow it.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isAfterBlank = false
        for scalar in text.unicodeScalars {
            if isAfterBlank, scalar != " " {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
            word.append(scalar)
            isAfterBlank = scalar == " "
        }
        words.append(String(word))
        var bound: [String] = []
        for word in words {
            if let last = bound.last, binds(last, word) {
                bound[bound.count - 1] += word
            } else {
                bound.append(word)
            }
        }
        return bound
    }

    /// Whether two words are parts of a number or of a time.
    private static func binds(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8.suffix(11)), Array(right.utf8.prefix(6)))
        guard left.last == UInt8(ascii: " "), left.dropLast().last != UInt8(ascii: " ") else { return false }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let end = Array(left.dropLast().reversed().prefix { isDigit($0) || [0x2D, 0x3A].contains($0) }.reversed())
        let isGroup =
            right.prefix(while: isDigit).count == 3 && !right.dropFirst(3).contains { $0 == 0x2D || $0 == 0x3A }
        // 23 580: one to three digits, then three.
        if isGroup, (1...3).contains(end.count), end.allSatisfy(isDigit) { return true }
        // 2026-11-20 03:00
        if end.count == 10, end[4] == 0x2D, end[7] == 0x2D { return right.count > 2 && right[2] == 0x3A }
        // 03:00:00 +03:00
        return end.count >= 5 && end[2] == 0x3A && (right.first == 0x2B || right.first == 0x2D) && right.count == 6
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
