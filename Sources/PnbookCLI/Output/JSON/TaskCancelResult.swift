import ErrorModel
import Operations
import Tasks

/// The result of `task cancel`: the task as it is after the request.
struct TaskCancelResult: CommandResult {
    let record: TaskRecord

    func encode(to encoder: any Encoder) throws { try TaskResultDocument(record).encode(to: encoder) }

    func text(_ style: TextStyle) -> DisplayText {
        "Task \(record.id) was asked to end; follow it with 'pnbook task watch \(record.id)'.\n"
    }
}
