import ErrorModel
import Operations
import PartnumberBooks

/// The result of `explain`.
struct ExplainResult: CommandResult {
    private let partnumber: String
    private let explanation: Explanation
    private let history: PartnumberHistory

    init(_ partnumber: String, _ explanation: Explanation, _ history: PartnumberHistory) {
        self.partnumber = partnumber
        self.explanation = explanation
        self.history = history
    }

    func encode(to encoder: any Encoder) throws {
        try ExplainDocument(partnumber: partnumber, explanation, history).encode(to: encoder)
    }

    func text(_ style: TextStyle) -> DisplayText {
        "\(explanation.text(of: partnumber, style))\n\(history.text(style))"
    }
}
