package import Chronology
package import Database
import ErrorModel
import FoundationEssentials
import Glibc
package import Retention
package import Tasks

/// The main job: read the catalogue at one instant, build the book, publish it in one commit, then retain.
///
/// `run(_:tally:itemsWritten:)` and the attempt below it read top to bottom as these steps.
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
            temporaryFolder: String = TemporaryFolder.path, sortMemory: Int = ItemSorter.standardMemory
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
    private let release: () -> Void
    let options: Options

    /// - Parameters:
    ///   - connect: makes a new connection; asked again when the job has to start over.
    ///   - release: called where the next connection may be made to another server: before the job starts over after an outage, and
    ///     before it looks what became of a commit.
    package init(
        options: Options, connect: @escaping (Role) throws -> any Connection, release: @escaping () -> Void = {}
    ) {
        self.connect = connect
        self.release = release
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
    /// - Parameters:
    ///   - tally: has what was seen, also where the run fails.
    ///   - itemsWritten: told now and then, inside the publishing transaction, how many items are in.
    package func run(
        _ task: RunningTask, tally: RunTally = RunTally(), itemsWritten: (Int) throws -> Void = { _ in }
    ) throws -> CreateReport {
        var notes: [DisplayText] = []
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
                return try attempt(task, tally, &fence, notes, itemsWritten: itemsWritten)
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
    private static let outageRetries = RetryPolicy(
        .time(.seconds(60)), delay: .constant(.milliseconds(500)), after: isOutage)

    /// Whether the database is away, or so is what its node needs to answer: a node that is just losing its cluster, or is far
    /// behind it, ends a read that waits for the other nodes' commits as if it had waited for a lock (1205).
    static func isOutage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.isOutage || error.kind == .lockTimeout
    }

    /// Waits, after an outage, until the database is back: until a table can be read, for a node that has lost its cluster lets
    /// one in and refuses tables alone.
    func waitForDatabase(_ task: RunningTask) throws {
        try Self.outageRetries.run(task.cancellation.retryTiming) {
            try task.cancellation.check()
            let connection = try connectAnywhere()
            defer { connection.close() }
            _ = try BookLedger(connection: connection).newestItems()
        }
    }

    private func connectAnywhere() throws -> any Connection {
        release()
        return try connect(.writer)
    }

    private func attempt(
        _ task: RunningTask, _ tally: RunTally, _ raised: inout FencingToken?, _ notes: [DisplayText],
        itemsWritten: (Int) throws -> Void
    ) throws -> CreateReport {
        let writer = try connect(.writer)
        defer { writer.close() }
        task.cancellation.add(try writer.interrupter())
        defer { task.cancellation.removeInterrupters() }
        let fence = try raised ?? FencingToken(raising: .books, on: writer, for: task)
        raised = fence
        let reader = try connect(.reader)
        defer { reader.close() }
        task.cancellation.add(try reader.interrupter())
        let builder = try read(reader, task)
        tally.read(builder)
        let (publication, finding): (Publication, CommitResolver.Finding)
        do {
            if options.onlyIfChanged, let same = try unchanged(builder, writer, task, notes) { return same }
            // This run's own mark is the book's row in the ledger.
            let committer = CommitResolver(
                task: task, fence: fence, reconnect: { try connectAnywhere() },
                isApplied: { try BookLedger(connection: $0).book(ofTask: task.id) != nil })
            (publication, finding) = try publish(builder, on: writer, reader, task, tally, committer, itemsWritten)
        } catch {
            tally.complete(builder)
            throw error
        }
        var notes = notes
        if finding == .foundDone {
            notes.append("the connection broke during the commit; looked afterwards: the book was published")
        }
        // Retention has a connection of its own; two at once would hold twice the memory.
        writer.close()
        reader.close()
        let changes = self.changes(of: publication, builder, task, &notes)
        try? task.report("retaining", percent: Self.writeShare)
        let retention = retain(after: publication.book, task, fence)
        return CreateReport(publication, changes: changes, retention: retention, notes: notes)
    }

    // MARK: Steps

    /// Percent of the work done once everything is read, and once everything is written.
    static let readShare = 40
    static let writeShare = 95

    private static func share(_ done: Int, of total: Int, from start: Int, to end: Int) -> Int {
        total == 0 ? end : start + min(done, total) * (end - start) / total
    }

    private func read(_ reader: any Connection, _ task: RunningTask) throws -> BookBuilder {
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
        _ builder: BookBuilder, on writer: any Connection, _ reader: any Connection, _ task: RunningTask,
        _ tally: RunTally, _ committer: CommitResolver, _ itemsWritten: (Int) throws -> Void
    ) throws -> (Publication, CommitResolver.Finding) {
        let publisher = PublishBook(
            connection: writer, now: options.now, zone: options.zone, createdBy: options.createdBy, taskID: task.id,
            trigger: task.triggeredBy.description, allowShrink: options.allowShrink, reader: reader, tally: tally)
        let expected = builder.collected
        try requireCapacity(for: builder, on: writer)
        try task.report("writing the book", percent: Self.readShare, count: TaskCount(0, of: expected, "items"))
        var finding = CommitResolver.Finding.answered
        let publication = try publisher.publish(
            builder,
            progress: { items in
                try task.report(
                    "writing the book",
                    percent: Self.share(items, of: expected, from: Self.readShare, to: Self.writeShare),
                    count: TaskCount(items, of: expected, "items"))
                try itemsWritten(items)
            },
            commit: { finding = try committer.commit($0) })
        return (publication, finding)
    }
}
