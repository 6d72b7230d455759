/// What the observers of a task receive.
package enum TaskUpdate: Sendable {
    /// A change of state, as the canonical event (<doc:TaskModel#Events>).
    case status(TaskEvent)
    case progress(TaskProgress)

    /// Changes of state are few, and none is dropped.
    var isStatus: Bool {
        if case .status = self { true } else { false }
    }
}
