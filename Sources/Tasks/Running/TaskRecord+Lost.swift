/// A task whose process is known to be gone is not called running (<doc:TaskModel#Statuses>).
extension TaskRecord {
    /// Stored as running by a process that no longer exists, as far as that can be known from here.
    package var isAbandoned: Bool { status == .running && owner?.isAlive() == false }

    /// As failed, when it gave its last sign of life: what the next run will make of it.
    package var abandoned: TaskRecord { lost("its process is gone") }

    /// The same for one of which nothing has been heard for a lease.
    package var silent: TaskRecord {
        lost("its process has given no sign of life for \(Heartbeat.lease / 1000) seconds")
    }

    private func lost(_ what: String) -> TaskRecord {
        var task = self
        task.status = .failed
        task.completedAt = heartbeatAt ?? startedAt ?? createdAt
        task.errorMessage = "\(what); it was \(message)"
        return task
    }
}

extension TaskStore {
    /// A task as it is, and not as its row says where its process is gone.
    package func settled(_ task: TaskRecord) throws -> TaskRecord {
        guard task.isAbandoned else { return task }
        // It may have ended well between our look at its row and our look at its process.
        guard let now = try find(task.id) else { return task }
        return now.isAbandoned ? now.abandoned : now
    }
}
