import ErrorModel
import Operations
import PartnumberBooks

/// `explain` in JSON.
struct ExplainDocument: Encodable {
    struct Catalogue: Encodable {
        let rows: [Row]
        /// The items that a book made now would have.
        let items: [MadeItem]
        let conflicts: [String]
    }

    struct Row: Encodable {
        /// Its number, from 1; items refer to it.
        let row: Int
        let vendor: String
        let partnumber: String
        @ExplicitNull var lotName: String?
        @ExplicitNull var description: String?
        let isPrimaryPn: Bool
        /// `kept`, `refused`, or the reason why it is excluded (<doc:BookRules#One-reason-for-each-excluded-row>).
        let outcome: String
        /// Why no book can be made; null unless it is refused.
        @ExplicitNull var error: String?
        let ignoredBy: [Rule]
        @ExplicitNull var bundle: Bundle?

        init(_ index: Int, _ row: ExplainedRow) {
            self.row = index + 1
            vendor = row.vendor
            partnumber = row.partnumber
            isPrimaryPn = row.isPrimary
            switch row.outcome {
            case .kept: outcome = "kept"
            case .excluded(let reason): outcome = reason.rawValue
            case .refused: outcome = "refused"
            }
            ignoredBy = row.ignoredBy.map { Rule(partnumber: $0.partnumber, isPattern: $0.isPattern) }
            lotName = row.lot
            description = row.description
            if case .refused(let refusal) = row.outcome { error = ErrorReport(of: refusal).text.string }
            bundle = row.bundle.map(Bundle.init)
        }
    }

    struct Rule: Encodable {
        let partnumber: String
        let isPattern: Bool
    }

    struct Bundle: Encodable {
        /// Distinct LOTs; null for a cycle.
        @ExplicitNull var lots: Int?
        let losesQuantity: Bool
        /// A bundle's own components follow it, one deeper.
        let components: [Component]

        init(_ bundle: ExplainedBundle) {
            losesQuantity = bundle.losesQuantity
            components = bundle.outline.map(Component.init)
            lots = bundle.lots
        }
    }

    struct Component: Encodable {
        let depth: Int
        let lotName: String
        @ExplicitNull var qty: Double?
        let isBundle: Bool
        /// Its own components are listed further up.
        let isRepeated: Bool

        init(_ line: BundleLine) {
            depth = line.depth
            lotName = line.lot
            isBundle = line.isBundle
            isRepeated = line.isRepeated
            qty = line.quantity
        }
    }

    struct Item: Encodable {
        let partnumber: String
        let lotName: String
        let isPrimaryPn: Bool
        @ExplicitNull var description: String?

        init(_ item: StoredItem) {
            partnumber = item.partnumber
            lotName = item.lotName
            isPrimaryPn = item.isPrimary
            description = item.description
        }
    }

    struct MadeItem: Encodable {
        let partnumber: String
        let lotName: String
        let isPrimaryPn: Bool
        @ExplicitNull var description: String?
        /// The first began it, the others were merged into it.
        let rows: [Int]
        /// The row whose description it has.
        @ExplicitNull var descriptionRow: Int?

        init(_ made: ExplainedItem) {
            partnumber = made.item.partnumber
            lotName = made.item.lotName
            isPrimaryPn = made.item.isPrimary
            rows = made.rows.map { $0 + 1 }
            description = made.item.description
            descriptionRow = made.descriptionRow.map { $0 + 1 }
        }
    }

    struct Books: Encodable {
        /// The spellings that were looked up; null if every item was read.
        @ExplicitNull var spellings: [String]?
        /// Consecutive books with identical items for the part number, or without it; newest first.
        let runs: [Run]
    }

    struct Run: Encodable {
        /// Newest first.
        let books: [Book]
        /// Empty if the part number is in none of them.
        let items: [Item]
    }

    struct Book: Encodable {
        let id: Int64
        let version: String
        let isActive: Bool
    }

    /// As it was typed.
    let partnumber: String
    let catalogue: Catalogue
    let books: Books

    init(partnumber: String, _ explanation: Explanation, _ books: PartnumberHistory) {
        self.partnumber = partnumber
        catalogue = Catalogue(
            rows: explanation.rows.enumerated().map(Row.init), items: explanation.items.map(MadeItem.init),
            conflicts: explanation.conflicts)
        self.books = Books(
            spellings: books.spellings,
            runs: books.spans.map { span in
                Run(
                    books: span.books.map { Book(id: $0.id, version: $0.version, isActive: $0.isActive) },
                    items: span.items.map(Item.init))
            })
    }
}
