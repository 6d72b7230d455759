import Chronology
import Database
import PartnumberBooks
import Retention

/// What readers would find.
package struct LibraryCheck {
    private let context: RunContext
    private let connection: any Connection

    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
    }

    func remarks() throws -> [Diagnosis] {
        guard try connection.columns(of: "qt_partnumber_books") != nil else { return [] }
        let broken = try VerifyBooks(reader: connection, record: connection).shelf().filter { $0.result == .broken }
        if !broken.isEmpty {
            return broken.map { .broken("books", $0.words, mend: Self.remedy(for: $0.promise)) }
        }
        let shelf = BookRepository(connection)
        let books = try shelf.books()
        guard let active = try shelf.activeBook() else {
            return [.note("books", "there is no book yet", mend: "pnbook create")]
        }
        return [.ok("books", "\(books.count.counted("book")), \(active.version) is active")] + waiting(books)
    }

    private static func remedy(for promise: Invariant) -> String? {
        switch promise {
        case .activeBook: "pnbook create"
        case .ids: "pnbook create, then remove by hand what was put back"
        case .headers: "UPDATE qt_partnumber_books SET ... WHERE id = ..., as pnbook verify names them;"
        case .headersHaveItems:
            "pnbook create, then: DELETE FROM qt_partnumber_books WHERE is_active = 0 AND id NOT IN "
                + "(SELECT book_id FROM qt_partnumber_book_items);"
        case .itemsHaveHeaders:
            "DELETE FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books);"
        default: nil
        }
    }

    /// Removals that wait for somebody's word.
    private func waiting(_ books: [BookHeader]) -> [Diagnosis] {
        let plan = PrunePlan(
            books: books, policy: .standard(zone: context.zone), now: context.now, justMade: nil)
        var remarks: [Diagnosis] = []
        if plan.exceedsAutomaticLimit {
            remarks.append(
                .note(
                    "retention", "\(plan.removed.count.counted("book")) would go, and so many wait for somebody's word",
                    mend: "pnbook prune --dry-run, then pnbook prune --approve \(plan.hash)"))
        }
        if let future = plan.future.first {
            remarks.append(
                .note(
                    "retention", "\(future.version) is dated in the future: \(future.createdAt.readable)",
                    mend: "timedatectl set-ntp true"))
        }
        return remarks
    }
}
