package import Chronology
package import ErrorModel
package import PartnumberBooks
import Retention

/// A book in a list, in JSON (<doc:JSONOutput#list>).
package struct BookLine: Encodable, Sendable {
    package let id: Int64
    package let version: String
    package let createdAt: Instant
    package let createdBy: String
    let isActive: Bool
    let isPrevious: Bool
    package let items: Int
    /// Null for another program's book.
    @ExplicitNull var partnumbers: Int?
    /// As it was recorded when the book was made; null for another program's book.
    @ExplicitNull var digest: String?
    /// Whether it holds the same as the book before it in time; null if that is not known without reading both.
    @ExplicitNull package var equalsPredecessor: Bool?
    /// Null for a book that is not pinned.
    @ExplicitNull package var pinned: PinObject?
    /// Whether the next retention keeps it; null if that cannot be decided, because another book cannot be read.
    @ExplicitNull var isKept: Bool?
    /// Why it is kept, or why it is removed.
    let reasons: [String]
    /// The task that made it; nil for another program's book.
    package let taskID: String?
    /// The reasons in few letters, for a table; without a pin's note.
    package let keptAs: DisplayText

    private enum CodingKeys: CodingKey {
        case id, version, createdAt, createdBy, isActive, isPrevious, items, partnumbers, digest, equalsPredecessor,
            pinned
        case isKept, reasons
    }

    /// The books that can be read, newest first.
    ///
    /// - Parameters:
    ///   - marks: of those books.
    ///   - now: of the retention that the reasons are of.
    /// - Throws: `DatabaseError`.
    package static func all(
        of listing: BookListing, _ marks: BookMarks, in repository: BookRepository, zone: Zone, now: Instant
    ) throws -> [BookLine] {
        // A decision about all books must know all of them.
        let plan =
            listing.unreadable.isEmpty
            ? PrunePlan(books: listing.books, marks: marks, policy: .standard(zone: zone), now: now, justMade: nil)
            : nil
        let entries = try repository.ledgerEntries()
        let recorded = listing.books.map { entries[$0.id] }
        return try zip(listing.books.indices, listing.books).map { index, header in
            BookLine(
                // Another program's book is not in the ledger and is counted.
                header, items: try recorded[index]?.items ?? repository.items.count(in: header.id), recorded[index],
                predecessor: index + 1 < recorded.count ? recorded[index + 1] : nil, marks, plan)
        }
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
        taskID = recorded?.taskID
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
