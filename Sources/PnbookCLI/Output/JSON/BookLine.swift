import Chronology
import ErrorModel
import Operations
import PartnumberBooks
import Retention

/// A book in a list.
struct BookLine: Encodable {
    let id: Int64
    let version: String
    let createdAt: Instant
    let createdBy: String
    let isActive: Bool
    let isPrevious: Bool
    let items: Int
    /// Null for another program's book.
    @ExplicitNull var partnumbers: Int?
    /// As it was recorded when the book was made; null for another program's book.
    @ExplicitNull var digest: String?
    /// Whether it holds the same as the book before it in time; null if that is not known without reading both.
    @ExplicitNull var equalsPredecessor: Bool?
    /// Null for a book that is not pinned.
    @ExplicitNull var pinned: PinObject?
    /// Whether the next retention keeps it; null if that cannot be decided, because another book cannot be read.
    @ExplicitNull var isKept: Bool?
    /// Why it is kept, or why it is removed.
    let reasons: [String]
    /// The reasons in few letters, for a table; without a pin's note.
    let keptAs: DisplayText

    private enum CodingKeys: CodingKey {
        case id, version, createdAt, createdBy, isActive, isPrevious, items, partnumbers, digest, equalsPredecessor,
            pinned
        case isKept, reasons
    }

    /// - Parameters:
    ///   - items: counted where nothing is recorded.
    ///   - predecessor: what is recorded of the book before it; nil where nothing is, or where it is the oldest.
    ///   - plan: of all books; nil if there is none.
    init(
        _ header: BookHeader, items: Int, _ recorded: LedgerEntry?, predecessor: LedgerEntry?, _ marks: BookMarks,
        _ plan: PrunePlan?
    ) {
        let candidate = marks.candidate(header)
        let kept = plan?.kept.first { $0.book.id == header.id }
        let removed = plan?.removed.first { $0.book.id == header.id }
        id = header.id
        version = header.version
        createdAt = header.createdAt
        createdBy = header.createdBy
        isActive = header.isActive
        isPrevious = candidate.isPrevious
        self.items = items
        reasons = (kept ?? removed)?.reasons ?? []
        keptAs = Self.text(candidate, kept, isRemoved: removed != nil)
        partnumbers = recorded?.partnumbers
        digest = recorded?.digest
        if let recorded, let predecessor { equalsPredecessor = recorded.digest == predecessor.digest }
        pinned = marks.pins[header.id].map(PinObject.init)
        isKept = plan.map { _ in kept != nil }
    }

    /// `active dwmy`, `previous d`, `pinned m`; the letters are the tiers' first.
    private static func text(_ book: RetentionCandidate, _ kept: PrunePlan.Entry?, isRemoved: Bool) -> DisplayText {
        let letters = Tier.allCases.filter { kept?.tiers.contains($0) == true }.map { String($0.rawValue.prefix(1)) }
            .joined()
        let words: [DisplayText] = [
            book.isActive ? "active" : "", book.isPrevious ? "previous" : "", book.pinNote != nil ? "pinned" : "",
            kept?.isFuture == true ? "future" : "", isRemoved ? "goes" : "",
            letters.isEmpty ? "" : DisplayText(letters),
        ]
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
