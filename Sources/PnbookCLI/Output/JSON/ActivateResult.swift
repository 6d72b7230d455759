import ErrorModel
import Operations
import PartnumberBooks

/// The result of `activate`.
struct ActivateResult: CommandResult {
    private let outcome: BookActivation.Outcome

    init(_ outcome: BookActivation.Outcome) {
        self.outcome = outcome
    }

    func encode(to encoder: any Encoder) throws {
        try ActivationDocument(outcome.book, items: outcome.items, before: outcome.before).encode(to: encoder)
    }

    var task: TaskSummary? { outcome.task }
    var done: DisplayText? { "\(outcome.book.version) is active" }

    func text(_ style: TextStyle) -> DisplayText {
        let change: DisplayText =
            if outcome.task == nil {
                "was active already; nothing was changed"
            } else if let before = outcome.before {
                "is active in place of \(before.version) (id \(before.id))"
            } else {
                "is active"
            }
        return "\(outcome.book.version) (id \(outcome.book.id)) \(change).\n"
    }
}
