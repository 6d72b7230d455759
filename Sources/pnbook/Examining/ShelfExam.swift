import Chronology
import Database
import PartnumberBooks
import Retention

/// What readers would find.
struct ShelfExam {
    private let context: AppContext
    private let connection: any Connection

    init(_ context: AppContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
    }

    func remarks() throws -> [Remark] {
        guard try connection.columns(of: "qt_partnumber_books") != nil else { return [] }
        let broken = try VerifyBooks(reader: connection, record: connection).shelf().filter { $0.result == .broken }
        if !broken.isEmpty {
            // Each names its own way out.
            return broken.map { .broken("books", $0.words, mend: nil) }
        }
        let shelf = BookShelf(connection)
        let books = try shelf.books()
        guard let active = try shelf.activeBook() else {
            return [.note("books", "there is no book yet", mend: "pnbook create")]
        }
        return [.ok("books", "\(books.count.counted("book")), \(active.version) is active")] + waiting(books)
    }

    /// Removals that wait for somebody's word.
    private func waiting(_ books: [BookHeader]) -> [Remark] {
        let plan = PrunePlan(
            books: books, policy: .standard(zone: context.zone), now: context.now, justMade: nil)
        var remarks: [Remark] = []
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
