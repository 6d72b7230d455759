import Chronology
import ErrorModel
import Operations
import PartnumberBooks

/// The result of `show`.
struct ShowResult: CommandResult {
    let id: Int64
    let version: String
    let createdAt: Instant
    let createdBy: String
    let isActive: Bool
    let items: Int
    let partnumbers: Int
    /// Digest of the items as they are now.
    let digest: String
    /// The digest recorded when the book was made; null for another program's book.
    @ExplicitNull var recordedDigest: String?
    @ExplicitNull var taskId: String?
    let isKept: Bool
    let reasons: [String]
    /// Null for a book that the next retention removes.
    @ExplicitNull var forecast: ForecastDocument?

    init(
        _ header: BookHeader, _ measure: BookSummary, _ recorded: LedgerEntry?, _ plan: PrunePlan,
        _ forecast: ForecastDocument?
    ) {
        id = header.id
        version = header.version
        createdAt = header.createdAt
        createdBy = header.createdBy
        isActive = header.isActive
        items = measure.items
        partnumbers = measure.partnumbers
        digest = measure.digest
        isKept = plan.kept.contains { $0.book.id == header.id }
        reasons = (plan.kept + plan.removed).first { $0.book.id == header.id }?.reasons ?? []
        recordedDigest = recorded?.digest
        taskId = recorded?.taskID
        self.forecast = forecast
    }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left])
        table.add("book", "\(version) (id \(id))" + (isActive ? ", active" : ""))
        table.add("created", "\(style.time(createdAt)) by \(createdBy)")
        table.add("holds", "\(items.grouped) items, \(partnumbers.grouped) part numbers")
        table.add("digest", digest)
        if let recordedDigest {
            table.add(
                "recorded",
                recordedDigest == digest
                    ? "the same when it was made"
                    : "DIFFERENT when it was made: "
                        + recordedDigest)
        } else {
            table.add("recorded", "nothing; another program made this book")
        }
        if let taskId { table.add("task", taskId) }
        table.add(isKept ? "kept as" : "removed as", reasons.joined(separator: ", "))
        forecast?.add(to: &table)
        return table.text(style)
    }
}
