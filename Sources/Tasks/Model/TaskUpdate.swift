/// What the observers of a task are told.
package enum TaskUpdate: Sendable {
    /// A change of state, as the canonical event of CONTRACT 7.
    case status(TaskEvent)
    case progress(TaskProgress)

    /// Of these there are few, and none is dropped.
    var isStatus: Bool {
        if case .status = self { true } else { false }
    }
}
