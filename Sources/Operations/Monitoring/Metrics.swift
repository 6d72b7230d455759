import Chronology
import Database
import Foundation
import PartnumberBooks
import Retention
import Tasks

/// What a collector is told, all of it read from the database: whoever asks, and whenever, gets the same figures.
package struct Metrics {
    private var figures = PrometheusText()

    package var text: String { figures.text }
    package var families: [PrometheusText.Family] { figures.families }

    /// - Parameter program: the version of the program that asks.
    package init(_ context: RunContext, program: String) throws {
        figures.add("build_info", "The program that wrote these figures.", [.init(1, ("version", program))])
        add(try context.storedTasks(for: .metrics)?.histories() ?? [])
        let connection = try context.connect(for: .metrics)
        defer { connection.close() }
        guard try connection.hasTable("qt_partnumber_books") else { return }
        let shelf = BookRepository(connection)
        add(try shelf.books(), policy: .standard(zone: context.zone), now: context.now)
        if let active = try shelf.activeBook() { try add(active: active, shelf) }
    }

    private mutating func add(_ histories: [LastTaskResults]) {
        func samples(_ value: (LastTaskResults) -> ((String, String)) -> PrometheusText.Sample?) -> [PrometheusText
            .Sample]
        {
            histories.compactMap { value($0)(("type", $0.type)) }
        }
        figures.add(
            "task_last_success_timestamp_seconds", "When a task of this type last ended well.",
            samples { history in { label in history.lastSuccess?.completedAt.map { .init($0, label) } } })
        figures.add(
            "task_last_failure_timestamp_seconds", "When a task of this type last failed or was cancelled.",
            samples { history in { label in history.lastFailure?.completedAt.map { .init($0, label) } } })
        figures.add(
            "task_last_duration_seconds", "How long the last task of this type took.",
            samples { history in
                { label in
                    guard let task = history.last, let start = task.startedAt, let end = task.completedAt else {
                        return nil
                    }
                    return .init(milliseconds: end.milliseconds - start.milliseconds, label)
                }
            })
        figures.add(
            "task_last_exit_code", "What the process of the last task of this type exited with.",
            samples { history in { label in history.last?.exitCode.map { .init(Int($0), label) } } })
        if let created = histories.first(where: { $0.type == TaskType.create.rawValue })?.lastSuccess,
            let result = created.result, let counted = CreateFigures(stored: result)
        {
            add(counted)
        }
    }

    private mutating func add(_ created: CreateFigures) {
        figures.add("create_source_rows", "Rows of lot_partnumbers that the last creation read.", created.source.rows)
        figures.add(
            "create_excluded_rows", "Rows that the last creation left out, by the first reason that applies.",
            created.excluded.sorted { $0.key < $1.key }.map { .init($0.value, ("reason", $0.key)) })
        figures.add("create_expanded_rows", "Rows of bundles that the last creation expanded.", created.expandedRows)
        figures.add("create_merged_duplicates", "Items that the last creation merged away.", created.mergedDuplicates)
        figures.add("create_quantities_dropped", "Rows that lost a quantity.", created.quantitiesDropped)
        figures.add("create_conflicts", "Part numbers whose rows disagree on their LOTs.", created.conflicts.count)
        figures.add("create_warnings", "Warnings of the last creation.", created.warnings.count)
    }

    private mutating func add(_ books: [BookHeader], policy: RetentionPolicy, now: Instant) {
        figures.add("books", "Books that stand.", books.count)
        figures.add("active_books", "Books marked active; one is right.", books.filter(\.isActive).count)
        let reasons = policy.plan(for: books.map(\.mark), now: now).kept.flatMap(\.reasons)
        figures.add(
            "books_kept", "Books that each tier of retention keeps.",
            Tier.allCases.map { tier in
                let count = reasons.count { if case .represents(tier, _, _) = $0 { true } else { false } }
                return .init(count, ("tier", tier.rawValue))
            })
    }

    private mutating func add(active: BookHeader, _ shelf: BookRepository) throws {
        figures.add("active_book_info", "The active book.", [.init(1, ("version", active.version))])
        figures.add(
            "active_book_created_timestamp_seconds", "When the active book was made.", [.init(active.createdAt)])
        let recorded = try shelf.ledgerEntry(of: active.id)
        figures.add(
            "active_book_items", "Items of the active book.", try recorded?.items ?? shelf.items.count(in: active.id))
        if let recorded {
            figures.add("active_book_partnumbers", "Part numbers of the active book.", recorded.partnumbers)
        }
    }
}

/// Of a stored `create` document what is counted.
private struct CreateFigures: Decodable {
    struct Source: Decodable {
        let rows: Int
    }

    struct Conflicts: Decodable {
        let count: Int
    }

    let source: Source
    /// By reason, in the contract's words.
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
        guard let figures = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = figures
    }
}
