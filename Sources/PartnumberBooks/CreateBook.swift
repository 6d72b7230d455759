package import Chronology
package import Database
import Foundation
package import Retention
package import Tasks

/// The main job: read the catalogue at one instant, build the book, publish it in one commit, then retain.
///
/// ``run(_:)`` reads top to bottom as these steps.
package struct CreateBook {
    /// What a run is told.
    package struct Options: Sendable {
        package var now: Instant
        package var zone: Zone
        package var createdBy: String
        package var allowShrink = false
        package var policy: RetentionPolicy
        /// Where the sort may put a temporary file.
        package var temporaryFolder: String
        /// Memory for the sort, in bytes.
        package var sortMemory: Int

        package init(
            now: Instant, zone: Zone, createdBy: String, policy: RetentionPolicy,
            temporaryFolder: String = NSTemporaryDirectory(), sortMemory: Int = 12 << 20
        ) {
            self.now = now
            self.zone = zone
            self.createdBy = createdBy
            self.policy = policy
            self.temporaryFolder = temporaryFolder
            self.sortMemory = sortMemory
        }
    }

    private let reader: any Connection
    private let writer: any Connection
    private let options: Options

    /// - Parameters:
    ///   - reader: reads the catalogue, in a snapshot.
    ///   - writer: writes the book; another connection, for the snapshot's takes no writes.
    package init(reader: any Connection, writer: any Connection, options: Options) {
        self.reader = reader
        self.writer = writer
        self.options = options
    }

    /// Looks whether the source tables are as a book needs them.
    ///
    /// - Throws: ``CatalogueSchemaError``.
    package static func checkSources(_ connection: any Connection) throws {
        _ = try CatalogueShape(of: connection)
    }

    /// Makes, publishes and retains.
    ///
    /// - Parameter itemsWritten: told now and then, inside the publishing transaction, how many items are in.
    package func run(_ task: TaskRun, itemsWritten: (Int) throws -> Void = { _ in }) throws -> CreateReport {
        let builder = try readCatalogue { try task.report("reading the catalogue", percent: $0, detail: $1) }
        let expected = builder.collected
        let publisher = BookPublisher(
            connection: writer, now: options.now, zone: options.zone, createdBy: options.createdBy, taskID: task.id,
            allowShrink: options.allowShrink)
        try task.report("writing the book", percent: Self.readShare, detail: "0 of \(expected) items")
        let (book, tallies) = try publisher.publish(builder) { items in
            try task.report(
                "writing the book", percent: Self.share(items, of: expected, from: Self.readShare, to: Self.writeShare),
                detail: "\(items) of \(expected) items")
            try itemsWritten(items)
        }
        try task.report("retaining", percent: Self.writeShare)
        let retention = retain(after: book, task)
        return CreateReport(book: book, tallies: tallies, retention: retention)
    }

    /// Makes the book and throws it away: what would be published, and what retention would do then.
    package func dryRun() throws -> CreateReport {
        let builder = try readCatalogue { _, _ in }
        let tallies = try builder.finish { _ in }
        let shelf = BookShelf(reader)
        let books = try reader.columns(of: "qt_partnumber_books") == nil ? [] : try shelf.books()
        let active = try books.first(where: \.isActive).map {
            (items: try shelf.countItems(of: $0.id), version: $0.version)
        }
        try Guards.check(items: tallies.items, rows: tallies.rows, active: active, allowShrink: options.allowShrink)
        return CreateReport(wouldBe: try imaginedBook(tallies, among: books), tallies: tallies, books: books, options)
    }

    private func imaginedBook(_ tallies: BookTallies, among books: [BookHeader]) throws -> PublishedBook {
        let date = options.zone.date(at: options.now)
        let hasLedger = try reader.columns(of: BookLedger.table) != nil
        let versions = hasLedger ? try BookLedger(connection: reader).versions(on: date) : books.map(\.version)
        let newest = books.map(\.createdAt).max()
        return PublishedBook(
            id: (books.map(\.id).max() ?? 0) + 1,
            version: BookVersion.next(on: date, after: versions).description,
            createdAt: max(options.now, newest?.advanced(byMilliseconds: 1) ?? options.now),
            createdBy: options.createdBy, items: tallies.items, partnumbers: tallies.partnumbers, digest: tallies.digest
        )
    }

    // MARK: Steps

    /// Percent of the work done once everything is read, and once everything is written.
    private static let readShare = 40
    private static let writeShare = 95

    private static func share(_ done: Int, of total: Int, from start: Int, to end: Int) -> Int {
        total == 0 ? end : start + min(done, total) * (end - start) / total
    }

    private func readCatalogue(progress: (Int, String) throws -> Void) throws -> BookBuilder {
        try CatalogueReader(reader).read(
            makeBuilder: { rules, bundles in
                BookBuilder(
                    ignoreRules: rules, bundles: bundles,
                    sorter: ItemSorter(memory: options.sortMemory, folder: options.temporaryFolder))
            },
            progress: { rows, total in
                try progress(Self.share(rows, of: total, from: 0, to: Self.readShare), "\(rows) of \(total) rows")
            })
    }

    /// A failure here never undoes the publication: it becomes part of the report.
    private func retain(after book: PublishedBook, _ task: TaskRun) -> RetentionOutcome {
        let pruner = BookPruner(writer, policy: options.policy, now: options.now)
        let plan: PrunePlan
        do {
            plan = try pruner.plan(justMade: book.id)
        } catch {
            return .unplanned(reason: "\(error)")
        }
        if plan.exceedsAutomaticLimit { return .heldBack(plan) }
        do {
            try pruner.carryOut(plan) { index, count, entry in
                try task.report(
                    "retaining", percent: Self.writeShare, detail: "removing \(entry.version), \(index + 1) of \(count)"
                )
            }
            return .carriedOut(plan)
        } catch {
            return .failed(plan, removed: (error as? PruneError)?.removedBefore ?? [], reason: "\(error)")
        }
    }
}

/// What became of retention after a publication.
package enum RetentionOutcome: Sendable {
    case carriedOut(PrunePlan)
    /// Larger than an automatic run may be; nothing was removed.
    case heldBack(PrunePlan)
    /// Stopped half-way; `removed` are the versions that had gone by then.
    case failed(PrunePlan, removed: [String], reason: String)
    /// Not even the books could be listed.
    case unplanned(reason: String)

    /// What is gone now, or would be.
    package var removed: [PrunePlan.Entry] {
        switch self {
        case .carriedOut(let plan): plan.removed
        case .failed(let plan, let removed, _): plan.removed.filter { removed.contains($0.book.version) }
        case .heldBack, .unplanned: []
        }
    }

    /// What the plan removes and still stands.
    package var held: [PrunePlan.Entry] {
        let gone = Set(removed.map(\.book.id))
        return (plan?.removed ?? []).filter { !gone.contains($0.book.id) }
    }

    package var plan: PrunePlan? {
        switch self {
        case .carriedOut(let plan), .heldBack(let plan), .failed(let plan, _, _): plan
        case .unplanned: nil
        }
    }
}
