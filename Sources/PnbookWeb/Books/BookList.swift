import Chronology
import Database
import ErrorModel
import Operations
import PartnumberBooks
import Retention
import Tasks

/// The books as the page lists them, in JSON: what `list` says, and of each what keeps it, until when, and what it has changed.
struct BookList: Encodable {
    /// A book: the fields of `list` and the page's own.
    struct Book: Encodable {
        let line: BookLine
        let kept: [KeptAs]
        let forecast: ForecastDocument?
        let changes: JSONValue?

        private enum Key: CodingKey {
            case kept, until, forecast, changes
        }

        func encode(to encoder: any Encoder) throws {
            try line.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(kept, forKey: .kept)
            try container.encode(forecast?.keptUntil, forKey: .until)
            try container.encode(forecast, forKey: .forecast)
            try container.encode(changes, forKey: .changes)
        }
    }

    let schema = JSONDocument.schema
    let timezone: String
    let now: Instant
    let policy: Policy
    let books: [Book]
    /// Books that cannot be read.
    let warnings: [String]
    @ExplicitNull var running: TaskDocument?

    /// How many buckets each tier keeps.
    struct Policy: Encodable {
        let daily: Int
        let weekly: Int
        let monthly: Int
        let yearly: Int

        init(_ policy: RetentionPolicy) {
            (daily, weekly, monthly, yearly) = (policy.daily, policy.weekly, policy.monthly, policy.yearly)
        }
    }

    /// Reads them.
    ///
    /// - Parameter running: the task that is making, activating or removing books now.
    /// - Throws: `DatabaseError`.
    init(
        in repository: BookRepository, zone: Zone, now: Instant, changes: BookChangesCache, memory: ForecastMemory,
        tasks: TaskStore?, running: TaskRecord?
    ) throws {
        let listing = try repository.listing()
        let marks = try repository.readableMarks(of: listing.books)
        let policy = RetentionPolicy.standard(zone: zone)
        // A decision about all books must know all of them.
        let plan = listing.unreadable.isEmpty ? policy.plan(for: listing.books.map(marks.candidate), now: now) : nil
        let reasons = Dictionary((plan?.kept ?? []).map { ($0.book.id, $0.reasons) }) { first, _ in first }
        let forecasts =
            plan == nil ? [:] : memory.forecasts(of: listing.books, marks, policy, now: now)
        let lines = try BookLine.all(of: listing, marks, in: repository, zone: zone, now: now)
        books = try zip(listing.books, lines).map { header, line in
            Book(
                line: line, kept: (reasons[header.id] ?? []).map(KeptAs.init),
                forecast: forecasts[header.id],
                changes: try changes.changes(of: line.taskID, in: tasks))
        }
        timezone = zone.description
        self.now = now
        self.policy = Policy(policy)
        warnings = listing.unreadable.map(\.text.string)
        self.running = running.map(TaskDocument.init)
    }
}
