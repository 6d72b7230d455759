import Database
import ErrorModel
import Tasks

/// The last step: what the policy no longer keeps goes.
extension CreateBook {
    /// Removes what the policy no longer keeps. A failure never undoes the publication: it becomes part of the report.
    ///
    /// After an outage the plan is made again of what is still there, and the report says what is gone of both.
    func retain(after book: PublishedBook, _ task: RunningTask, _ fence: FencingToken) -> RetentionOutcome {
        var plan: PrunePlan?
        // Versions, as far as is known.
        var removed: [String] = []
        do {
            return try Self.retentionRetries.run(
                task.cancellation.retryTiming, afterPause: { try waitForDatabase(task) }
            ) {
                // A connection of its own: the writer's may be the one that broke.
                let connection = try connect(.writer)
                defer { connection.close() }
                task.cancellation.add(try connection.interrupter())
                let pruner = BookPruner(
                    connection, policy: options.policy, now: options.now, timing: task.cancellation.retryTiming)
                let decided = try pruner.plan(justMade: book.id)
                let gone = plan?.removed(before: decided) ?? []
                plan = decided.adding(removed: gone)
                removed = gone.map(\.book.version)
                if gone.isEmpty, decided.exceedsAutomaticLimit { return .heldBack(decided) }
                do {
                    let done = try pruner.carryOut(decided, fence: fence) { index, count, entry in
                        try task.report(
                            "retaining", percent: Self.writeShare,
                            detail: "removing \(entry.version), \(index + 1) of \(count)")
                    }
                    return .carriedOut(done.adding(removed: gone))
                } catch let stop as PruneError {
                    removed += stop.removedBefore
                    throw stop
                }
            }
        } catch {
            guard let plan else { return .unplanned(reason: "\(task.cancellation.translating(error))") }
            guard let stop = error as? PruneError else {
                return .failed(plan, removed: removed, reason: "\(task.cancellation.translating(error))")
            }
            let meaning = PruneError(
                book: stop.book, removedBefore: removed, cause: task.cancellation.translating(stop.cause))
            return .failed(plan, removed: removed, reason: meaning.textWithAdvice)
        }
    }

    private static let retentionRetries = RetryPolicy(.attempts(attempts), delay: .growing(0.2...1)) { error in
        // A removal has waited for its locks already.
        if let stop = error as? PruneError { return (stop.cause as? DatabaseError)?.isOutage == true }
        return isOutage(error)
    }
}
