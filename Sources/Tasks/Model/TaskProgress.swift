/// The progress of a running task, as observers receive it.
package struct TaskProgress: Sendable, Hashable {
    /// 0 to 99 while running.
    package var percent: Int
    /// The phase's name, in one or two words.
    package var phase: String
    /// The phase and its counts, as text.
    package var message: String
    /// Nil where nothing is counted.
    package var count: TaskCount?
}

extension TaskProgress {
    /// The progress of a stored task: its message is the phase, with details after a colon.
    package init(_ task: TaskRecord) {
        percent = task.progress
        message = task.message
        guard let colon = task.message.firstRange(of: ": ") else {
            phase = task.message
            return
        }
        phase = String(task.message[..<colon.lowerBound])
        count = TaskCount(text: task.message[colon.upperBound...])
    }
}
