import ArgumentParser
import ErrorModel
import Operations
import Tasks

/// The result of `task show` and `task watch`.
struct TaskShowResult: CommandResult {
    let record: TaskRecord
    let failure: ErrorReport?

    func encode(to encoder: any Encoder) throws { try TaskResultDocument(record).encode(to: encoder) }

    func text(_ style: TextStyle) -> DisplayText { record.text(style) }
}

extension CommandContext {
    /// Prints one task in the chosen format.
    func print(_ task: TaskRecord, as format: TaskFormatOptions.Format, failure: ErrorReport? = nil) throws {
        switch format {
        case .pnbook: try print(TaskShowResult(record: task, failure: failure))
        case .priceforge:
            try streams.output.write(document: JSONDocument.pretty(HostTaskDocument(task)))
            if let failure { throw ExitCode(failure.code) }
        }
    }
}
