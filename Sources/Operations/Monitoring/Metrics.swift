import Chronology
import Database
import Foundation
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
        if let created = histories.first(where: { $0.type == TaskType.create.rawValue })?.lastSuccess,
            let result = created.result, let counted = CreateCounts(stored: result)
        {
            add(counted)
        }
    }

    private mutating func add(_ created: CreateCounts) {
        exposition.add(
            "create_source_rows", "Rows of lot_partnumbers that the last creation read.", created.source.rows)
        exposition.add(
            "create_excluded_rows", "Rows that the last creation left out, by the first reason that applies.",
            created.excluded.sorted { $0.key < $1.key }.map { .init($0.value, ("reason", $0.key)) })
        exposition.add("create_expanded_rows", "Rows of bundles that the last creation expanded.", created.expandedRows)
        exposition.add(
            "create_merged_duplicates", "Items that the last creation merged away.", created.mergedDuplicates)
        exposition.add("create_quantities_dropped", "Rows that lost a quantity.", created.quantitiesDropped)
        exposition.add("create_conflicts", "Part numbers whose rows disagree on their LOTs.", created.conflicts.count)
        exposition.add("create_warnings", "Warnings of the last creation.", created.warnings.count)
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

/// The counts in a stored `create` document.
private struct CreateCounts: Decodable {
    struct Source: Decodable {
        let rows: Int
    }

    struct Conflicts: Decodable {
        let count: Int
    }

    let source: Source
    /// Rows by reason (<doc:BookRules#One-reason-for-each-excluded-row>).
    let excluded: [String: Int]
    let expandedRows: Int
    let mergedDuplicates: Int
    let quantitiesDropped: Int
    let conflicts: Conflicts
    let warnings: [String]

    private enum CodingKeys: String, CodingKey {
        case source, excluded, conflicts, warnings
        case expandedRows = "expanded_rows"
        case mergedDuplicates = "merged_duplicates"
        case quantitiesDropped = "quantities_dropped"
    }

    /// Nil for a document of another shape.
    init?(stored text: String) {
        guard let counts = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = counts
    }
}
