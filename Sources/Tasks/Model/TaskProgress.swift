/// The progress of a running task, as observers receive it.
package struct TaskProgress: Sendable, Hashable {
    /// 0 to 99 while running.
    package var percent: Int
    /// The phase's name, in one or two words.
    package var phase: String
    /// The phase and its counts, as text.
    package var message: String
    /// Nil where nothing is counted, or another process counts.
    package var count: TaskCount?
}

extension TaskProgress {
    /// The progress of a stored task: its message is the phase, with details after a colon.
    init(_ task: TaskRecord) {
        percent = task.progress
        message = task.message
        phase = task.message.firstRange(of: ": ").map { String(task.message[..<$0.lowerBound]) } ?? task.message
    }
}

/// How many of what are done.
package struct TaskCount: Sendable, Hashable {
    package var done: Int
    /// Nil where it is not known.
    package var total: Int?
    /// What is counted, in the plural.
    package var unit: String

    package init(_ done: Int, of total: Int? = nil, _ unit: String) {
        self.done = done
        self.total = total
        self.unit = unit
    }

    /// `5 of 10 rows`, with the numbers written by `write`.
    package func text(_ write: (Int) -> String) -> String {
        write(done) + (total.map { " of " + write($0) } ?? "") + " " + unit
    }
}
