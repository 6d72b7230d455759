/// A table in plain text: columns as wide as their widest cell, two blanks between them, no trailing blanks.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private var alignments: [Alignment]
    private var rows: [[String]] = []
    private let indent: String

    /// - Parameter header: nil for a table without one.
    init(_ alignments: [Alignment], header: [String]? = nil, indent: String = "") {
        self.alignments = alignments
        self.indent = indent
        if let header { rows.append(header) }
    }

    mutating func add(_ cells: String...) {
        rows.append(cells.map(Self.visible))
    }

    /// The table with a line break after each row.
    var text: String {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return alignments[column] == .left ? cell + blanks : blanks + cell
            }
            var line = indent + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// Control characters would move a terminal's cursor or worse; they are shown as `\u{…}`.
    static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        return text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control
                ? "\\u{" + String(scalar.value, radix: 16) + "}" : String(scalar)
        }.joined()
    }
}

extension BinaryInteger {
    /// With thin groups of three for people: `17 569`.
    var grouped: String {
        let digits = String(magnitude)
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (self < 0 ? "-" : "") + groups.joined(separator: " ")
    }

    /// `1 book`, `17 569 books`.
    func counted(_ noun: String) -> String { grouped + " " + self.noun(noun) }

    /// `book` for one, `books` for any other number.
    func noun(_ noun: String) -> String { self == 1 ? noun : noun + "s" }
}
