import Chronology
import ErrorModel
import Operations
import Tasks

/// The result of `task list`.
struct TaskListResult: CommandResult {
    private let tasks: [TaskDocument]
    private let records: [TaskRecord]
    private let names: [String: String]

    private enum CodingKeys: CodingKey {
        case tasks
    }

    /// The fewest characters of an id that are shown; a UUID's first group.
    static let shortestName = 8

    /// - Parameter names: the ids, each as short as it can be and still name its task.
    init(tasks records: [TaskRecord], names: [String: String]) {
        self.records = records
        self.names = names
        tasks = records.map(TaskDocument.init)
    }

    func text(_ style: TextStyle) -> DisplayText {
        if records.isEmpty { return "There are no tasks yet.\n" }
        let started = style.times("started", records.map(Self.start))
        let rows: [[DisplayText]] = records.map { task in
            [
                DisplayText(style.isForPeople ? names[task.id] ?? task.id : task.id), DisplayText(task.kind),
                task.state,
                DisplayText(started.text(Self.start(task))),
            ]
        }
        // On a terminal the message has what the other columns leave of a line, or a line of its own.
        let headings: [DisplayText] = ["id", "task", "status", started.heading]
        let widths = headings.indices.map { column in
            (rows.map { $0[column] } + [headings[column]]).map { $0.string(in: style.translation).columns }.max() ?? 0
        }
        let others = widths.reduce(2 * widths.count, +)
        let room = style.width.map { $0 - others >= Self.leastRoom ? $0 - others : $0 - 4 }
        var table = TextTable(
            [.left, .left, .left, .left, .left],
            header: headings + ["message"])
        for (task, row) in zip(records, rows) { table.add(cells: row + [DisplayText(task.brief(room))]) }
        return table.text(style)
    }

    private static func start(_ task: TaskRecord) -> Instant { task.startedAt ?? task.createdAt }

    /// Columns below which a message says too little.
    private static let leastRoom = 24
}

extension TaskRecord {
    /// `create`, `migrate`; another program's type in full.
    fileprivate var kind: String { TaskType(rawValue: type) == nil ? type : TaskEvent.word(type) }

    /// In one word; while it runs, with how far it is.
    fileprivate var state: DisplayText {
        switch status {
        case .running: "at \(progress) %"
        case .completed: "done"
        case .completedWithWarnings: "warnings"
        case .pending, .failed, .cancelled: .term(status.rawValue)
        }
    }

    /// One line for a table's row; 'task show' has the whole text.
    ///
    /// - Parameter columns: that it may take; nil for any.
    fileprivate func brief(_ columns: Int?) -> String {
        let message = errorMessage ?? message
        let first = message.firstLine ?? ""
        let line = first.utf8.count < message.utf8.count ? first + "…" : first
        guard let columns else { return line }
        return line.withHiddenScalarsEscaped.cut(toColumns: columns)
    }
}
