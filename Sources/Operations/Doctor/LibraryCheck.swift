import Chronology
import Database
import ErrorModel
import PartnumberBooks
import Retention

/// Checks what readers would find.
struct LibraryCheck {
    private let context: RunContext
    private let connection: any Connection

    init(_ context: RunContext, _ connection: any Connection) {
        self.context = context
        self.connection = connection
    }

    func diagnoses() throws -> [Diagnosis] {
        guard try connection.hasTable("qt_partnumber_books") else { return [] }
        let broken = try VerifyBooks(reader: connection, record: connection).shelf().filter { $0.result == .broken }
        if !broken.isEmpty {
            return broken.map { .broken("books", $0.message, fix: $0.remedy) }
        }
        let repository = BookRepository(connection)
        let books = try repository.books()
        guard let active = try repository.activeBook() else {
            return [.note("books", "there is no book yet", fix: .createBook())]
        }
        return [.ok("books", "\(books.count.counted("book")), \(active.version) is active")] + waiting(books)
    }

    /// Removals that wait for approval.
    private func waiting(_ books: [BookHeader]) -> [Diagnosis] {
        let plan = PrunePlan(
            books: books, policy: .standard(zone: context.zone), now: context.now, justMade: nil)
        var diagnoses: [Diagnosis] = []
        if plan.exceedsAutomaticLimit {
            diagnoses.append(
                .note(
                    "retention", "\(plan.removed.count.counted("book")) would be removed, which needs approval",
                    fix: .approvePlan(hash: plan.hash)))
        }
        if let future = plan.future.first {
            diagnoses.append(
                .note(
                    "retention", "\(future.version) is dated in the future: \(future.createdAt.readable)",
                    fix: .text("timedatectl set-ntp true")))
        }
        return diagnoses
    }
}
