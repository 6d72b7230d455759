import ErrorModel
import Operations

/// The result of `task clean`.
struct TaskCleanResult: CommandResult {
    let removed: Int

    private enum CodingKeys: CodingKey {
        case removed
    }

    func text(_ style: TextStyle) -> DisplayText { "\(removed.counted("task")) removed.\n" }
}
