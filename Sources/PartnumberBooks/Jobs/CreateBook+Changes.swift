import Database
import ErrorModel
import Tasks

/// What a run changes, and whether it changes anything.
extension CreateBook {
    /// A report that nothing has changed, where the book would equal the active one as it is now; else nil.
    ///
    /// - Parameter task: nil in a dry run.
    func unchanged(
        _ builder: BookBuilder, _ connection: any Connection, _ task: RunningTask?, _ notes: [DisplayText] = []
    ) throws -> CreateReport? {
        guard try connection.hasTable("qt_partnumber_books") else { return nil }
        let shelf = BookRepository(connection)
        guard let active = try shelf.activeBook() else { return nil }
        let report: (_ done: Int) throws -> Void = { done in
            try task?.report(
                "comparing with the active book", percent: Self.readShare, count: TaskCount(done, "items"))
        }
        try report(0)
        let measure = try shelf.items.measure(active.id, progress: report)
        guard measure.items > 0, measure.items <= builder.collected else { return nil }
        // Made and thrown away, to be made again if it is to be published: merging is a fraction of writing.
        var done = measure.items
        let tallies = try builder.finish { _ in
            done += 1
            if done % ProgressStep.rows == 0 { try report(done) }
        }
        guard tallies.digest == measure.digest else { return nil }
        try task?.confirm()
        let book = PublishedBook(
            id: active.id, version: active.version, createdAt: active.createdAt, createdBy: active.createdBy,
            items: measure.items, partnumbers: measure.partnumbers, digest: measure.digest)
        var counts = BookDiff.Counts()
        counts.same = measure.partnumbers
        return CreateReport(
            unchanged: book, tallies: tallies, changes: BookChanges(since: BookName(active), counts: counts),
            isDryRun: task == nil, notes: notes)
    }

    /// What a published book changes; counted now where that was not possible while it was written.
    ///
    /// A failure here undoes nothing: it becomes a note.
    func changes(
        of publication: Publication, _ builder: BookBuilder, _ task: RunningTask, _ notes: inout [DisplayText]
    ) -> BookChanges? {
        if let changes = publication.changes { return changes }
        guard let since = publication.since else { return nil }
        do {
            try task.report(
                "comparing with the book before", percent: Self.writeShare, detail: since.version)
            return try countChanges(since: since, builder, task)
        } catch {
            notes.append(
                "the book is published, but what it changes since \(since.version) is not known: "
                    + "\(task.cancellation.translating(error))")
            return nil
        }
    }

    /// How long the old book may take to arrive, in all, where nothing waits for it but the report.
    static let patience = Duration.seconds(60)

    private func countChanges(since: BookHeader, _ builder: BookBuilder, _ task: RunningTask) throws -> BookChanges? {
        // A connection of its own: the one before may be what has failed.
        let connection = try connect(.reader)
        defer { connection.close() }
        task.cancellation.add(try connection.interrupter())
        let counter = ChangeCounter(since: since, on: connection, patience: Self.patience, needsOrder: false)
        var items = 0
        _ = try builder.finish { item in
            counter.add(item)
            items += 1
            if items % ProgressStep.rows == 0 { try task.cancellation.check() }
        }
        let changes = counter.finish()
        if let failure = counter.failure { throw failure }
        return changes
    }
}
