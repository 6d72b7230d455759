import Chronology
import Operations
import Tasks

/// The progress of a task, as the WebSocket announces it.
struct ProgressEvent: Encodable {
    let type = "task_progress"
    let source = "partnumber_books"
    let taskId: String
    /// The last word of the task's type, as in `task_status`.
    let task: String
    /// Percent.
    let progress: Int
    let message: String
    /// The phase alone.
    let step: String
    /// How many of what are done; null where nothing is counted.
    @ExplicitNull var done: Int?
    @ExplicitNull var total: Int?
    @ExplicitNull var unit: String?
    /// Units in a second; null in the first moments of a phase.
    @ExplicitNull var rate: Double?
    /// Until the end of this phase.
    @ExplicitNull var etaSeconds: Int?

    /// - Parameter rate: units in a second; nil where it is not known yet.
    init(_ record: TaskRecord, rate: Double?) {
        let progress = TaskProgress(record)
        taskId = record.id
        task = TaskEvent.word(record.type)
        self.progress = progress.percent
        message = progress.message
        step = progress.phase
        done = progress.count?.done
        total = progress.count?.total
        unit = progress.count?.unit
        guard let rate, rate > 0, rate.isFinite else { return }
        self.rate = (rate * 10).rounded() / 10
        if let done, let total, total >= done {
            let seconds = Double(total - done) / rate
            // More is no forecast.
            if seconds < 1_000_000 { etaSeconds = Int(seconds.rounded()) }
        }
    }
}
