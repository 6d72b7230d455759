import ErrorModel
import Operations

/// The result of `load`.
struct LoadResult: CommandResult {
    let document: LoadDocument
    let location: String
    let task: TaskSummary?

    func encode(to encoder: any Encoder) throws { try document.encode(to: encoder) }

    var done: DisplayText? { "the catalogue is loaded" }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.right, .left], indent: "  ")
        for line in document.loaded { table.add(DisplayText(line.rows.grouped), DisplayText(line.table)) }
        let made: DisplayText = document.tablesMade.isEmpty ? "" : ", \(document.tablesMade.count) tables made"
        return "Loaded into \(location)\(made):\n" + table.text(style)
    }
}
