/// Where a table's columns go: beside each other, or some of them on further lines below.
struct TableLayout {
    private struct Column {
        let index: Int
        let alignment: TextTable.Alignment
        /// Of the widest cell.
        let natural: Int
        /// Below this width words would be broken.
        let minimum: Int
        var width = 0
    }

    private struct Line {
        var columns: [Column]
        let indent: String
    }

    /// The first line of a row, and those below it.
    private var lines: [Line] = []

    private static let gap = 2
    /// A word that is wider than this may be broken for the sake of the other columns.
    private static let widestWord = 24

    /// - Parameter width: that no line exceeds; nil for any.
    init(_ rows: [[String]], _ alignments: [TextTable.Alignment], indent: String, width: Int?) {
        let columns = alignments.enumerated().map { index, alignment in
            let cells = rows.map { $0[index] }
            let natural = cells.map(\.columns).max() ?? 0
            let word = alignment == .right ? natural : cells.map(LineBreaking.widestWord).max() ?? 0
            return Column(
                index: index, alignment: alignment, natural: natural, minimum: min(word, max(1, Self.widestWord)))
        }
        guard let width, Self.sum(columns.map(\.natural)) + indent.count > width else {
            lines = [Line(columns: Self.widened(columns, to: .max), indent: indent)]
            return
        }
        var rest = columns[...]
        while !rest.isEmpty {
            let indent = lines.isEmpty ? indent : indent + "    "
            let room = max(1, width - indent.count)
            var count = 1
            while count < rest.count, Self.sum(rest.prefix(count + 1).map(\.minimum)) <= room { count += 1 }
            lines.append(Line(columns: Self.widened(Array(rest.prefix(count)), to: room), indent: indent))
            rest = rest.dropFirst(count)
        }
    }

    private static func sum(_ widths: [Int]) -> Int { widths.reduce(gap * (widths.count - 1), +) }

    /// The columns with their widths: what `room` leaves beyond the minimum goes to all alike, until one has all it needs.
    private static func widened(_ columns: [Column], to room: Int) -> [Column] {
        var columns = columns
        for index in columns.indices { columns[index].width = min(columns[index].minimum, room) }
        var rest = room == .max ? .max : room - sum(columns.map(\.width))
        while rest > 0 {
            let hungry = columns.indices.filter { columns[$0].width < columns[$0].natural }
            if hungry.isEmpty { break }
            let share = max(1, rest / hungry.count)
            for index in hungry where rest > 0 {
                let more = min(share, columns[index].natural - columns[index].width, rest)
                columns[index].width += more
                rest -= more
            }
        }
        return columns
    }

    /// The lines of one row.
    func lines(_ row: [String]) -> [String] {
        var text: [String] = []
        for (number, line) in lines.enumerated() {
            let cells = line.columns.map { LineBreaking.lines(row[$0.index], width: max(1, $0.width)) }
            // A row that has nothing for a further line has none.
            if number > 0, line.columns.allSatisfy({ row[$0.index].isEmpty }) { continue }
            for index in 0..<(cells.map(\.count).max() ?? 0) {
                let parts = zip(line.columns, cells).map { column, lines in
                    let part = index < lines.count ? lines[index] : ""
                    let blanks = String(repeating: " ", count: max(0, column.width - part.columns))
                    return column.alignment == .left ? part + blanks : blanks + part
                }
                text.append((line.indent + parts.joined(separator: "  ")).trimmingEnd)
            }
        }
        return text
    }
}
