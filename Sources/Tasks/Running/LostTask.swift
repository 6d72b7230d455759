package import ErrorModel

/// A task that is stored as running, and whose process is gone.
package struct LostTask: Diagnosable {
    package let task: TaskRecord

    package init(task: TaskRecord) {
        self.task = task
    }

    package var text: DisplayText {
        "the process of task \(task.id) is gone; it was \(task.messageText). The next run marks it as failed"
    }

    package var category: ErrorCategory { .failed }
    package var remedy: Remedy? { nil }
}
