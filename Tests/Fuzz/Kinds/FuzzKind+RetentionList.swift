import Chronology
import Foundation
import Operations
import Retention

/// Lists of books that people give to `simulate`: what is accepted is a shelf, and retention keeps its rules on it.
extension FuzzKind {
    static let retentionList = FuzzKind("retention-list") { input in
        file.write(input.bytes)
        let books: [RetentionCandidate]
        do {
            books = try RetentionListFile(file.path).books()
        } catch is RetentionListError {
            return
        }
        Finding.unlessSame(Set(books.map(\.id)).count, books.count, "different ids")
        Finding.unless(books.count { $0.isActive } <= 1, "two active books")
        let policy = RetentionPolicy.standard(zone: .utc)
        guard let now = books.map(\.createdAt).max() else { return }
        let plan = policy.plan(for: books, now: now)
        Finding.unlessSame(Set(plan.kept.map(\.book) + plan.removed.map(\.book)), Set(books), "kept and removed")
        Finding.unless(plan.removed.allSatisfy { !$0.book.isActive && !$0.reasons.isEmpty }, "removed without reason")
        Finding.unless(plan.kept.allSatisfy { !$0.reasons.isEmpty }, "kept without reason")
        Finding.unlessSame(policy.plan(for: books.reversed(), now: now), plan, "the books in another order")
        Finding.unless(
            policy.plan(for: plan.kept.map(\.book), now: now).removed.isEmpty, "a second run removes more")
        let list = books.map { book in
            #"{"id": \#(book.id), "created_at": "\#(book.createdAt.iso8601)", "is_active": \#(book.isActive)}"#
        }
        file.write(Array("[\(list.joined(separator: ","))]".utf8))
        Finding.unlessSame(try RetentionListFile(file.path).books(), books, "written and read again")
    }

    private static let file = FuzzFile("books.json")
}
