import Chronology
import ErrorModel
import Operations
import PartnumberBooks
import Retention

/// The result of `show`.
struct ShowResult: CommandResult {
    let id: Int64
    let version: String
    let createdAt: Instant
    let createdBy: String
    let isActive: Bool
    let isPrevious: Bool
    /// Null for a book that is not pinned.
    @ExplicitNull var pinned: PinObject?
    /// When and by whom it became active the last time; null where that is not recorded.
    @ExplicitNull var activated: Activation?
    let items: Int
    let partnumbers: Int
    /// Digest of the items as they are now.
    let digest: String
    /// The digest recorded when the book was made; null for another program's book.
    @ExplicitNull var recordedDigest: String?
    @ExplicitNull var taskId: String?
    let isKept: Bool
    let reasons: [String]
    private let words: [DisplayText]
    /// Null for a book that the next retention removes.
    @ExplicitNull var forecast: ForecastDocument?

    private enum CodingKeys: CodingKey {
        case id, version, createdAt, createdBy, isActive, isPrevious, pinned, activated
        case items, partnumbers, digest, recordedDigest, taskId, isKept, reasons, forecast
    }

    struct Activation: Encodable {
        let at: Instant
        let by: String
    }

    init(
        _ header: BookHeader, _ measure: BookSummary, _ recorded: LedgerEntry?, _ marks: BookMarks, _ plan: PrunePlan,
        _ forecast: ForecastDocument?, activation: (at: Instant, by: String)?
    ) {
        isPrevious = marks.candidate(header).isPrevious
        id = header.id
        version = header.version
        createdAt = header.createdAt
        createdBy = header.createdBy
        isActive = header.isActive
        items = measure.items
        partnumbers = measure.partnumbers
        digest = measure.digest
        isKept = plan.kept.contains { $0.book.id == header.id }
        let decision = (plan.kept + plan.removed).first { $0.book.id == header.id }
        reasons = decision?.reasons ?? []
        words = decision?.words ?? []
        recordedDigest = recorded?.digest
        taskId = recorded?.taskID
        pinned = marks.pins[header.id].map(PinObject.init)
        activated = activation.map { Activation(at: $0.at, by: $0.by) }
        self.forecast = forecast
    }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left])
        let name: DisplayText =
            isActive
            ? "\(version) (id \(id)), active"
            : isPrevious ? "\(version) (id \(id)), previous" : "\(version) (id \(id))"
        table.add("book", name)
        table.add("created", "\(style.time(createdAt)) by \(createdBy)")
        if let activated { table.add("activated", "\(style.time(activated.at)) by \(activated.by)") }
        if let pinned { table.add("pinned", "\(style.time(pinned.at)) by \(pinned.by): \(pinned.note)") }
        table.add("holds", "\(items.grouped) items, \(partnumbers.grouped) part numbers")
        table.add("digest", DisplayText(digest))
        if let recordedDigest {
            table.add(
                "recorded",
                recordedDigest == digest
                    ? "the same when it was made" : "DIFFERENT when it was made: \(recordedDigest)")
        } else {
            table.add("recorded", "nothing; another program made this book")
        }
        if let taskId { table.add("task", DisplayText(taskId)) }
        table.add(isKept ? "kept as" : "removed as", words.joined(separator: ", "))
        if let forecast = forecast?.text {
            table.add("until", forecast.until)
            if let then = forecast.then { table.add("then", then) }
            table.add("assuming", forecast.assuming)
        }
        return table.text(style)
    }
}
