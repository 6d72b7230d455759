package import Chronology
package import Database
import Foundation
package import Retention
package import Tasks

/// The main job: read the catalogue at one instant, build the book, publish it in one commit, then retain.
///
/// `run(_:itemsWritten:)` and the attempt below it read top to bottom as these steps.
package struct CreateBook {
    /// What a run is told.
    package struct Options: Sendable {
        package var now: Instant
        package var zone: Zone
        package var createdBy: String
        package var allowShrink = false
        /// Publish nothing where the book would equal the active one.
        package var onlyIfChanged = false
        package var policy: RetentionPolicy
        /// Where the sort may put a temporary file.
        package var temporaryFolder: String
        /// Memory for the sort, in bytes.
        package var sortMemory: Int

        package init(
            now: Instant, zone: Zone, createdBy: String, policy: RetentionPolicy,
            temporaryFolder: String = NSTemporaryDirectory(), sortMemory: Int = ItemSorter.standardMemory
        ) {
            self.now = now
            self.zone = zone
            self.createdBy = createdBy
            self.policy = policy
            self.temporaryFolder = temporaryFolder
            self.sortMemory = sortMemory
        }
    }

    /// What a connection is for: the snapshot's takes no writes, so there are two.
    package enum Role: Sendable {
        case reader
        case writer
    }

    let connect: (Role) throws -> any Connection
    let options: Options

    /// - Parameter connect: makes a new connection; asked again when the job has to start over.
    package init(options: Options, connect: @escaping (Role) throws -> any Connection) {
        self.connect = connect
        self.options = options
    }

    /// Looks whether the source tables are as a book needs them.
    ///
    /// - Throws: ``CatalogueSchemaError``.
    package static func checkSources(_ connection: any Connection) throws {
        _ = try CatalogueShape(of: connection)
    }

    /// Tables below the sources that know no snapshot; of sources that are not there nothing is said.
    package static func sourcesWithoutSnapshot(_ connection: any Connection) throws -> [UnsafeTable] {
        let sources = CatalogueTable.allCases.filter { !$0.requiredColumns.isEmpty }.map(\.rawValue)
        return try connection.describe(sources).flatMap(\.withoutSnapshots)
    }

    /// How often the job starts over after a deadlock, a lock wait, a snapshot conflict or a lost connection.
    package static let attempts = 3

    /// Makes, publishes and retains.
    ///
    /// - Parameter itemsWritten: told now and then, inside the publishing transaction, how many items are in.
    package func run(_ task: RunningTask, itemsWritten: (Int) throws -> Void = { _ in }) throws -> CreateReport {
        var notes: [String] = []
        // Raised once: a second time could fence off a run that has presumed this one dead meanwhile.
        var fence: FencingToken?
        return try Self.retries.run(
            task.cancellation.retryTiming,
            beforePause: { attempt, error in
                notes.append("started over: \(error)")
                try task.report("starting over", percent: 0, detail: "attempt \(attempt + 1) of \(Self.attempts)")
            },
            afterPause: { try waitForDatabase(task) }
        ) {
            do {
                return try attempt(task, &fence, notes, itemsWritten: itemsWritten)
            } catch {
                throw task.cancellation.translating(error)
            }
        }
    }

    private static let retries = RetryPolicy(.attempts(attempts), delay: .growing(0.2...1), after: mayPass)

    /// Whether the same work may succeed if it is started over: nothing of it was kept.
    private static func mayPass(_ error: any Error) -> Bool {
        if DatabaseError.isConflict(error) { return true }
        return switch error {
        // The database was there when the task began: it may be restarting. A version may have been given meanwhile.
        case let error as DatabaseError: error.isOutage || error.kind == .uniqueViolation
        case let error as TransactionError: mayPass(error.cause)
        case is CommitLost: true
        default: false
        }
    }

    /// A database that has gone away is given a minute to come back.
    private static let outageRetries = RetryPolicy(.time(.seconds(60)), delay: .constant(.milliseconds(500))) {
        ($0 as? DatabaseError)?.isOutage == true
    }

    /// Waits, after an outage, until the database is back.
    private func waitForDatabase(_ task: RunningTask) throws {
        try Self.outageRetries.run(task.cancellation.retryTiming) {
            try task.cancellation.check()
            try connect(.writer).close()
        }
    }

    private func attempt(
        _ task: RunningTask, _ raised: inout FencingToken?, _ notes: [String], itemsWritten: (Int) throws -> Void
    ) throws -> CreateReport {
        let writer = try connect(.writer)
        defer { writer.close() }
        task.cancellation.add(try writer.interrupter())
        defer { task.cancellation.removeInterrupters() }
        let fence = try raised ?? FencingToken(raising: .books, on: writer, for: task)
        raised = fence
        let builder = try read(task)
        if options.onlyIfChanged, let same = try unchanged(builder, writer, task, notes) { return same }
        // This run's own mark is the book's row in the ledger.
        let committer = CommitResolver(
            task: task, fence: fence, reconnect: { try connect(.writer) },
            isApplied: { try BookLedger(connection: $0).book(ofTask: task.id) != nil })
        let (book, tallies, finding) = try publish(builder, on: writer, task, committer, itemsWritten)
        // Retention has a connection of its own; two at once would hold twice the memory.
        writer.close()
        try? task.report("retaining", percent: Self.writeShare)
        let retention = retain(after: book, task, fence)
        var notes = notes
        if finding == .foundDone {
            notes.append("the connection broke during the commit; looked afterwards: the book was published")
        }
        return CreateReport(book: book, tallies: tallies, retention: retention, notes: notes)
    }

    // MARK: Steps

    /// Percent of the work done once everything is read, and once everything is written.
    private static let readShare = 40
    static let writeShare = 95

    private static func share(_ done: Int, of total: Int, from start: Int, to end: Int) -> Int {
        total == 0 ? end : start + min(done, total) * (end - start) / total
    }

    private func read(_ task: RunningTask) throws -> BookBuilder {
        let reader = try connect(.reader)
        defer { reader.close() }
        task.cancellation.add(try reader.interrupter())
        // The last book's size is a fair guess at this one's.
        let expected = try BookLedger(connection: reader).newestItems() ?? 0
        return try readCatalogue(reader) { rows in
            try task.report(
                "reading the catalogue",
                percent: expected == 0 ? 0 : Self.share(rows, of: expected, from: 0, to: Self.readShare),
                count: TaskCount(rows, "rows"))
        }
    }

    func readCatalogue(_ reader: any Connection, progress: (_ rows: Int) throws -> Void) throws -> BookBuilder {
        try CatalogueReader(reader).read(
            makeBuilder: { rules, bundles in
                BookBuilder(
                    ignoreRules: rules, bundles: bundles,
                    sorter: ItemSorter(memory: options.sortMemory, folder: options.temporaryFolder))
            },
            progress: progress)
    }

    private func publish(
        _ builder: BookBuilder, on writer: any Connection, _ task: RunningTask, _ committer: CommitResolver,
        _ itemsWritten: (Int) throws -> Void
    ) throws -> (PublishedBook, BookTallies, CommitResolver.Finding) {
        let publisher = PublishBook(
            connection: writer, now: options.now, zone: options.zone, createdBy: options.createdBy, taskID: task.id,
            trigger: task.triggeredBy.description, allowShrink: options.allowShrink)
        let expected = builder.collected
        try writer.checkCapacity(rows: expected, bytes: builder.collectedBytes)
        try task.report("writing the book", percent: Self.readShare, count: TaskCount(0, of: expected, "items"))
        var finding = CommitResolver.Finding.answered
        let (book, tallies) = try publisher.publish(
            builder,
            progress: { items in
                try task.report(
                    "writing the book",
                    percent: Self.share(items, of: expected, from: Self.readShare, to: Self.writeShare),
                    count: TaskCount(items, of: expected, "items"))
                try itemsWritten(items)
            },
            commit: { finding = try committer.commit($0) })
        return (book, tallies, finding)
    }

    /// A report that nothing has changed, where the book would equal the active one as it is now; else nil.
    ///
    /// - Parameter task: nil in a dry run.
    func unchanged(
        _ builder: BookBuilder, _ connection: any Connection, _ task: RunningTask?, _ notes: [String] = []
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
        return CreateReport(unchanged: book, tallies: tallies, isDryRun: task == nil, notes: notes)
    }

    /// A failure here never undoes the publication: it becomes part of the report.
    private func retain(after book: PublishedBook, _ task: RunningTask, _ fence: FencingToken) -> RetentionOutcome {
        var plan: PrunePlan?
        do {
            // A connection of its own: the writer's may be the one that broke.
            let connection = try connect(.writer)
            defer { connection.close() }
            task.cancellation.add(try connection.interrupter())
            let pruner = BookPruner(
                connection, policy: options.policy, now: options.now, timing: task.cancellation.retryTiming)
            let decided = try pruner.plan(justMade: book.id)
            plan = decided
            if decided.exceedsAutomaticLimit { return .heldBack(decided) }
            let done = try pruner.carryOut(decided, fence: fence) { index, count, entry in
                try task.report(
                    "retaining", percent: Self.writeShare, detail: "removing \(entry.version), \(index + 1) of \(count)"
                )
            }
            return .carriedOut(done)
        } catch {
            guard let plan else { return .unplanned(reason: "\(task.cancellation.translating(error))") }
            guard let stop = error as? PruneError else {
                return .failed(plan, removed: [], reason: "\(task.cancellation.translating(error))")
            }
            let meaning = PruneError(
                book: stop.book, removedBefore: stop.removedBefore, cause: task.cancellation.translating(stop.cause))
            return .failed(plan, removed: stop.removedBefore, reason: "\(meaning)")
        }
    }
}
