import Operations
import Tasks

/// A document whose `task` is the task that was asked for: the command itself runs none.
struct TaskResultDocument: Encodable {
    private let task: TaskDocument

    init(_ record: TaskRecord) {
        task = TaskDocument(record)
    }
}
