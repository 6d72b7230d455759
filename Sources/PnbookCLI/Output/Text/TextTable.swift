import Chronology
import ErrorModel
import Operations

/// A table in plain text, its cells escaped: columns as wide as their widest cell, two blanks between them, no trailing blanks.
///
/// On a terminal no line is wider than that: texts wrap within their columns, and where the columns do not fit beside each other
/// even then, the last ones go on a line of their own below each row. Elsewhere nothing is wrapped or left out, and numbers have
/// no groups of digits: a program finds each row on one line, and each number in one word.
struct TextTable {
    enum Alignment {
        case left
        /// For numbers, which are never wrapped.
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[DisplayText]] = []
    private let hasHeader: Bool
    private let indent: String

    /// - Parameter header: nil for a table without one.
    init(_ alignments: [Alignment], header: [DisplayText]? = nil, indent: String = "") {
        self.alignments = alignments
        self.indent = indent
        hasHeader = header != nil
        if let header { rows.append(header) }
    }

    mutating func add(_ cells: DisplayText...) { add(cells: cells) }

    mutating func add(cells: [DisplayText]) {
        rows.append(cells)
    }

    /// The table with a line break after each row.
    func text(_ style: TextStyle) -> DisplayText {
        let local = rows.map { row in row.map { $0.string(in: style.translation, clock: style.zone.clock) } }
        let rows = style.isForPeople ? local : local.map(withoutGroups)
        let layout = TableLayout(rows, alignments, indent: indent, width: style.width)
        return .verbatim(rows.flatMap(layout.lines).map { $0 + "\n" }.joined())
    }

    /// A row with each number as programs read it.
    private func withoutGroups(_ row: [String]) -> [String] {
        zip(row, alignments).map { cell, alignment in
            let isNumber = alignment == .right && cell.wholeMatch(of: /-?\d{1,3}( \d{3})+/) != nil
            return isNumber ? cell.replacing(" ", with: "") : cell
        }
    }
}
