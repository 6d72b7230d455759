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
        let repository = BookRepository(connection)
        let clock = try clockDiagnoses(try repository.listing().books)
        if !broken.isEmpty {
            return broken.map { .broken("books", $0.message, fix: $0.remedy) } + clock
        }
        let books = try repository.books()
        guard let active = try repository.activeBook() else {
            return [.note("books", "there is no book yet", fix: .createBook())] + clock
        }
        let marks = try repository.readableMarks(of: books)
        return [.ok("books", "\(books.count.counted("book")), \(active.version) is active")]
            + pins(marks, among: books) + waiting(books, marks) + clock
    }

    /// Pinned books, and pins whose books were removed by what does not heed them.
    private func pins(_ marks: BookMarks, among books: [BookHeader]) -> [Diagnosis] {
        let left = marks.pins.values.filter { pin in !books.contains { $0.id == pin.bookID } }.sorted {
            $0.bookID < $1.bookID
        }
        let kept = marks.pins.count - left.count
        let pinned: [Diagnosis] = kept == 0 ? [] : [.ok("pins", "\(kept.counted("book")) kept for good")]
        return pinned
            + left.map { pin in
                .note(
                    "pins",
                    "\(pin.version) (id \(pin.bookID)) was pinned and has been removed, by hand or by a program before 0.2, which "
                        + "knows no pins",
                    fix: .unpin(book: String(pin.bookID)))
            }
    }

    /// Removals that wait for approval.
    private func waiting(_ books: [BookHeader], _ marks: BookMarks) -> [Diagnosis] {
        let plan = PrunePlan(
            books: books, marks: marks, policy: .standard(zone: context.zone), now: context.now, justMade: nil)
        return plan.exceedsAutomaticLimit
            ? [
                .note(
                    "retention", "\(plan.removed.count.counted("book")) would be removed, which needs approval",
                    fix: .approvePlan(hash: plan.hash))
            ] : []
    }

    /// Books dated in the future, with the statements that date them again, and a clock by which a run would be refused.
    private func clockDiagnoses(_ books: [BookHeader]) throws -> [Diagnosis] {
        let refusal = try context.clockRefusal(on: connection)
        switch refusal {
        case .implausible, .beyondNewest: return refusal.map { [.broken("clock", $0)] } ?? []
        // Of the server's clock the check of the server speaks; to change the books' times by a wrong one would be harm.
        case .serverDiffers: return []
        case nil: break
        }
        guard let future = FutureBooks(among: books, now: context.now, zone: context.zone) else { return [] }
        return [
            .broken(
                "future books", "\(future.text). By this machine's clock it is \(context.now)",
                fix: .sql(try future.statements(on: connection)), .refused)
        ]
    }
}
