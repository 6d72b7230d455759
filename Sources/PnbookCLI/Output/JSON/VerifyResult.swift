import ErrorModel
import Operations
import PartnumberBooks

/// The result of `verify`.
struct VerifyResult: CommandResult {
    struct Check: Encodable {
        let check: String
        let result: String
        let message: DisplayText

        init(_ finding: Finding) {
            check = finding.invariant.rawValue
            result = finding.result.rawValue
            message = finding.text
        }
    }

    struct Book: Encodable {
        let id: Int64
        let version: String
        let isActive: Bool
        let items: Int
        let partnumbers: Int
        let digest: String
        @ExplicitNull var recordedDigest: String?
        let checks: [Check]
        let notes: [DisplayText]

        init(_ book: BookFindings) {
            id = book.id
            version = book.version
            isActive = book.isActive
            items = book.measure.items
            partnumbers = book.measure.partnumbers
            digest = book.measure.digest
            checks = book.findings.map(Check.init)
            notes = book.notes
            recordedDigest = book.recordedDigest
        }
    }

    let holds: Bool
    /// The checks of all books together.
    let allBooks: [Check]
    let books: [Book]
    /// Null without `--against-catalogue`.
    @ExplicitNull var catalogue: Check?

    private let report: VerifyReport

    private enum CodingKeys: CodingKey {
        case holds, allBooks, books, catalogue
    }

    init(_ report: VerifyReport) {
        self.report = report
        holds = report.broken.isEmpty
        allBooks = report.allBooks.map(Check.init)
        books = report.books.map(Book.init)
        catalogue = report.catalogue.map(Check.init)
    }

    var warnings: [DisplayText] { report.broken.map(\.sentence) }

    var failure: ErrorReport? {
        report.broken.first.map { first in
            ErrorReport(.failed, "broken: \(first.invariant.label): \(first.message)", fix: first.remedy)
        }
    }

    func text(_ style: TextStyle) -> DisplayText { report.text(style) }
}
