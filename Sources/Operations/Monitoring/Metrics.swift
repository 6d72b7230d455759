import Chronology
import Database
import FoundationEssentials
import Glibc
import PartnumberBooks
import Retention
import Tasks

/// The metrics of a database. All of them are read from it, so that every process gets the same values at any time.
package struct Metrics {
    private var exposition = PrometheusText()

    /// In Prometheus' text format.
    package var text: String { exposition.text }
    /// The same as values.
    package var families: [PrometheusText.Family] { exposition.families }

    /// - Parameter program: the version of this program.
    package init(_ context: RunContext, program: String) throws {
        exposition.add("build_info", "The program that wrote these metrics.", [.init(1, ("version", program))])
        add(try context.storedTasks(for: .metrics)?.histories() ?? [])
        let connection = try context.connect(for: .metrics)
        defer { connection.close() }
        guard try connection.hasTable("qt_partnumber_books") else { return }
        let repository = BookRepository(connection)
        add(try repository.books(), policy: .standard(zone: context.zone), now: context.now)
        if let active = try repository.activeBook() { try add(active: active, repository) }
    }

    private mutating func add(_ histories: [LastTaskResults]) {
        func samples(_ value: (LastTaskResults) -> ((String, String)) -> PrometheusText.Sample?) -> [PrometheusText
            .Sample]
        {
            histories.compactMap { value($0)(("type", $0.type)) }
        }
        exposition.add(
            "task_last_success_timestamp_seconds", "When a task of this type last ended well.",
            samples { history in { label in history.lastSuccess?.completedAt.map { .init($0, label) } } })
        exposition.add(
            "task_last_failure_timestamp_seconds", "When a task of this type last failed or was cancelled.",
            samples { history in { label in history.lastFailure?.completedAt.map { .init($0, label) } } })
        exposition.add(
            "task_last_duration_seconds", "How long the last task of this type took.",
            samples { history in
                { label in
                    guard let task = history.last, let start = task.startedAt, let end = task.completedAt else {
                        return nil
                    }
                    return .init(milliseconds: end.milliseconds - start.milliseconds, label)
                }
            })
        exposition.add(
            "task_last_exit_code", "What the process of the last task of this type exited with.",
            samples { history in { label in history.last?.exitCode.map { .init(Int($0), label) } } })
        // A run that was refused, or failed once it had read, has counted as well.
        let creations = histories.first { $0.type == TaskType.create.rawValue }
        if let counted = StoredCreation(stored: creations?.last?.result)
            ?? StoredCreation(stored: creations?.lastSuccess?.result)
        {
            add(counted)
        }
    }

    private mutating func add(_ created: StoredCreation) {
        exposition.add(
            "create_source_rows", "Rows of lot_partnumbers that the last creation read.", created.source.rows)
        let excluded = created.excluded
        exposition.add(
            "create_excluded_rows", "Rows that the last creation left out, by the first reason that applies.",
            [
                .init(excluded.emptyBundle, ("reason", "empty_bundle")),
                .init(excluded.emptyLot, ("reason", "empty_lot")),
                .init(excluded.emptyPartnumber, ("reason", "empty_partnumber")),
                .init(excluded.ignored, ("reason", "ignored")),
            ])
        exposition.add("create_expanded_rows", "Rows of bundles that the last creation expanded.", created.expandedRows)
        if let merged = created.mergedDuplicates {
            exposition.add("create_merged_duplicates", "Items that the last creation merged away.", merged)
        }
        exposition.add(
            "create_quantities_dropped", "Rows of bundles with a quantity other than 1, which a book does not hold.",
            created.quantitiesDropped)
        if let conflicts = created.conflicts.count {
            exposition.add("create_conflicts", "Part numbers whose rows disagree on their LOTs.", conflicts)
        }
        if let items = created.book.items {
            exposition.add(
                "create_items", "Items of the book that the last creation made, published or not.", items)
        }
        if let changes = created.changes { add(changes) }
        exposition.add("create_warnings", "Warnings of the last creation.", created.warnings.count)
    }

    private mutating func add(_ changes: StoredCreation.Changes) {
        exposition.add(
            "create_changes",
            "Part numbers by what the last creation's book changes against the one that was active.",
            [
                .init(changes.added, ("change", "added")), .init(changes.changed, ("change", "changed")),
                .init(changes.remapped, ("change", "remapped")), .init(changes.removed, ("change", "removed")),
                .init(changes.unchanged, ("change", "unchanged")),
            ])
    }

    private mutating func add(_ books: [BookHeader], policy: RetentionPolicy, now: Instant) {
        exposition.add("books", "Books that exist.", books.count)
        exposition.add("active_books", "Books marked active; one is right.", books.filter(\.isActive).count)
        let reasons = policy.plan(for: books.map(BookMarks().candidate), now: now).kept.flatMap(\.reasons)
        exposition.add(
            "books_kept", "Books that each tier of retention keeps.",
            Tier.allCases.map { tier in
                let count = reasons.count { if case .represents(tier, _, _) = $0 { true } else { false } }
                return .init(count, ("tier", tier.rawValue))
            })
    }

    private mutating func add(active: BookHeader, _ repository: BookRepository) throws {
        exposition.add("active_book_info", "The active book.", [.init(1, ("version", active.version))])
        exposition.add(
            "active_book_created_timestamp_seconds", "When the active book was made.", [.init(active.createdAt)])
        let recorded = try repository.ledgerEntry(of: active.id)
        exposition.add(
            "active_book_items", "Items of the active book.",
            try recorded?.items ?? repository.items.count(in: active.id))
        if let recorded {
            exposition.add("active_book_partnumbers", "Part numbers of the active book.", recorded.partnumbers)
        }
    }
}
