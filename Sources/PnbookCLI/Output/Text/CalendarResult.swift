import Chronology
import ErrorModel
import Operations
import PartnumberBooks
import Retention

/// The books as a calendar: for people alone, it has no JSON form of its own.
struct CalendarResult: CommandResult {
    let books: [BookHeader]
    let marks: BookMarks
    let now: Instant

    func encode(to encoder: any Encoder) throws { try EmptyDocument().encode(to: encoder) }

    static let noBooks: DisplayText = "There are no books yet; make one with 'pnbook create'.\n"

    func text(_ style: TextStyle) -> DisplayText {
        if books.isEmpty { return Self.noBooks }
        let policy = RetentionPolicy.standard(zone: style.zone)
        let plan = PrunePlan(books: books, marks: marks, policy: policy, now: now, justMade: nil)
        return CalendarRenderer(plan, policy, now: now).text(style.calendar, removed: "removed by the next retention")
    }
}
