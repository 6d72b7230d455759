import ErrorModel
import Operations

/// A table in plain text, its cells escaped: columns as wide as their widest cell, two blanks between them, no trailing blanks.
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
        rows.append(cells.map(\.withHiddenScalarsEscaped))
    }

    /// The table with a line break after each row.
    var text: DisplayText {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return alignments[column] == .left ? cell + blanks : blanks + cell
            }
            var line = indent + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }
        return .verbatim(lines.joined())
    }
}
