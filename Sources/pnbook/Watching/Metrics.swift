import Database
import Chronology
import Foundation
import PartnumberBooks
import Retention
import Tasks

/// What a collector is told, all of it read from the database: whoever asks, and whenever, gets the same figures.
struct Metrics {
    private var text = MetricsText()

    /// The figures, ready to be written.
    static func text(_ context: AppContext) throws -> String {
        var metrics = Metrics()
        metrics.text.add(
            "build_info", "The program that wrote these figures.", [.init(1, ("version", Pnbook.version))])
        metrics.add(try context.storedTasks()?.histories() ?? [])
        let connection = try context.connect(for: .read)
        defer { connection.close() }
        if try connection.columns(of: "qt_partnumber_books") != nil {
            let shelf = BookShelf(connection)
            let books = try shelf.books()
            metrics.add(books, policy: .standard(zone: context.zone), now: context.now)
            if let active = try shelf.activeBook() { try metrics.add(active: active, shelf) }
        }
        return metrics.text.text
    }

    private mutating func add(_ histories: [TaskHistory]) {
        func samples(_ value: (TaskHistory) -> ((String, String)) -> MetricsText.Sample?) -> [MetricsText.Sample] {
            histories.compactMap { value($0)(("type", $0.type)) }
        }
        text.add(
            "task_last_success_timestamp_seconds", "When a task of this type last ended well.",
            samples { history in { label in history.lastSuccess?.completedAt.map { .init($0, label) } } })
        text.add(
            "task_last_failure_timestamp_seconds", "When a task of this type last failed or was cancelled.",
            samples { history in { label in history.lastFailure?.completedAt.map { .init($0, label) } } })
        text.add(
            "task_last_duration_seconds", "How long the last task of this type took.",
            samples { history in
                { label in
                    guard let task = history.last, let start = task.startedAt, let end = task.completedAt else {
                        return nil
                    }
                    return .init(milliseconds: end.milliseconds - start.milliseconds, label)
                }
            })
        text.add(
            "task_last_exit_code", "What the process of the last task of this type exited with.",
            samples { history in { label in history.last?.exitCode.map { .init(Int($0), label) } } })
        if let created = histories.first(where: { $0.type == TaskType.create.rawValue })?.lastSuccess,
            let result = created.result, let figures = CreateFigures(stored: result)
        {
            add(figures)
        }
    }

    private mutating func add(_ figures: CreateFigures) {
        text.add("create_source_rows", "Rows of lot_partnumbers that the last creation read.", figures.source.rows)
        text.add(
            "create_excluded_rows", "Rows that the last creation left out, by the first reason that applies.",
            figures.excluded.sorted { $0.key < $1.key }.map { .init($0.value, ("reason", $0.key)) })
        text.add("create_expanded_rows", "Rows of bundles that the last creation expanded.", figures.expandedRows)
        text.add("create_merged_duplicates", "Items that the last creation merged away.", figures.mergedDuplicates)
        text.add("create_quantities_dropped", "Rows that lost a quantity.", figures.quantitiesDropped)
        text.add("create_conflicts", "Part numbers whose rows disagree on their LOTs.", figures.conflicts.count)
        text.add("create_warnings", "Warnings of the last creation.", figures.warnings.count)
    }

    private mutating func add(_ books: [BookHeader], policy: RetentionPolicy, now: Instant) {
        text.add("books", "Books that stand.", books.count)
        text.add("active_books", "Books marked active; one is right.", books.filter(\.isActive).count)
        let reasons = policy.plan(for: books.map(\.mark), now: now).kept.flatMap(\.reasons)
        text.add(
            "books_kept", "Books that each tier of retention keeps.",
            Tier.allCases.map { tier in
                let count = reasons.count { if case .represents(tier, _, _) = $0 { true } else { false } }
                return .init(count, ("tier", tier.rawValue))
            })
    }

    private mutating func add(active: BookHeader, _ shelf: BookShelf) throws {
        text.add("active_book_info", "The active book.", [.init(1, ("version", active.version))])
        text.add(
            "active_book_created_timestamp_seconds", "When the active book was made.", [.init(active.createdAt)])
        let recorded = try shelf.ledgerEntry(of: active.id)
        text.add(
            "active_book_items", "Items of the active book.", try recorded?.items ?? shelf.countItems(of: active.id))
        if let recorded {
            text.add("active_book_partnumbers", "Part numbers of the active book.", recorded.partnumbers)
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
