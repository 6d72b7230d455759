import ArgumentParser
import Chronology
import Logging
import PartnumberBooks
import Retention

/// `pnbook simulate`: what a retention policy would leave, without a database.
struct Simulate: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show what a retention policy would keep of years of nights, or of a list of books.",
        discussion: """
            Reads no database and changes nothing. By default a book is made every night of the ten years that end now \
            (or at --now), and what would stand tonight is shown. With --books the books are those of a JSON file: \
            [{"id": 7, "created_at": "2026-11-20T03:00:00Z", "is_active": true}, …]; the document of 'list --json' is \
            read, too:

              pnbook list --json | pnbook simulate --books - --keep-daily 14
            """)

    static let needs = ContextRequirement.nothing

    @OptionGroup var common: CommonOptions

    @OptionGroup var keep: RetentionOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Of this many years, 1 to 100. (default: 10)", valueName: "n"))
    var years: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("A book every so many days or weeks (1d, 7d, 2w). (default: 1d)", valueName: "time"))
    var every: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The books of this file instead; - for standard input.", valueName: "file"))
    var books: String?

    @OptionGroup var drawing: CalendarOptions

    mutating func run(_ context: AppContext) throws {
        try drawing.check(common)
        if books != nil, years != nil || every != nil {
            throw UsageError(description: "--books brings its own dates; leave out --years and --every")
        }
        let policy = try keep.policy(zone: context.zone)
        let nights = books == nil ? try Nights(years: years, every: every) : nil
        let marks = try books.map { try BookListFile($0).books() } ?? nights?.books(context) ?? []
        let plan = policy.plan(for: marks, now: context.now)
        for book in plan.future {
            context.logger.warning(
                "book \(book.id) of \(book.createdAt.readable) is dated in the future, is kept and takes no part")
        }
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(Document(plan, policy, nights, now: context.now)))
        } else if !context.isQuiet {
            try context.output.write(text(plan, policy, nights, context))
        }
    }

    /// Years of nights.
    private struct Nights {
        let years: Int
        let rhythm: Cadence

        /// - Throws: ``UsageError``.
        init(years: Int?, every: String?) throws {
            let range = 1...100
            self.years = years ?? 10
            guard range.contains(self.years) else {
                throw UsageError(description: "--years \(self.years) is not between 1 and 100")
            }
            guard let days = Self.days(every ?? "1d") else {
                throw UsageError(
                    description:
                        "--every '\(every ?? "")' is no number of days or weeks; write one such as 1d, 7d or 2w")
            }
            rhythm = Cadence(days: days)
        }

        func books(_ context: AppContext) -> [RetentionCandidate] {
            rhythm.books(years: years, endingAt: context.now, in: context.zone)
        }

        /// `1d`, `7d`, `2w` in days; at most a hundred years.
        private static func days(_ text: String) -> Int? {
            let unit = text.last == "d" ? 1 : text.last == "w" ? 7 : 0
            let digits = text.dropLast()
            guard unit > 0, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
                (1...36_525 / unit).contains(number)
            else { return nil }
            return number * unit
        }
    }

    // MARK: Results

    private struct Document: Encodable {
        struct Policy: Encodable {
            let daily: Int
            let weekly: Int
            let monthly: Int
            let yearly: Int
        }

        struct Assumption: Encodable {
            let years: Int
            let everyDays: Int
        }

        struct Decision: Encodable {
            let id: Int64
            let createdAt: Instant
            let isActive: Bool
            let reasons: [String]

            init(_ book: RetentionCandidate, _ reasons: [String]) {
                id = book.id
                createdAt = book.createdAt
                isActive = book.isActive
                self.reasons = reasons
            }
        }

        let schema = 1
        let now: Instant
        let timezone: String
        let policy: Policy
        /// Null for given books.
        @ExplicitNull var simulated: Assumption?
        let kept: [Decision]
        let removed: [Decision]

        init(_ plan: RetentionPlan, _ policy: RetentionPolicy, _ nights: Nights?, now: Instant) {
            self.now = now
            timezone = policy.zone.identifier
            self.policy = Policy(
                daily: policy.daily, weekly: policy.weekly, monthly: policy.monthly, yearly: policy.yearly)
            kept = plan.kept.map { Decision($0.book, $0.reasons.map(\.description)) }
            removed = plan.removed.map { Decision($0.book, $0.reasons.map(\.description)) }
            simulated = nights.map { Assumption(years: $0.years, everyDays: $0.rhythm.days) }
        }
    }

    private func text(
        _ plan: RetentionPlan, _ policy: RetentionPolicy, _ nights: Nights?, _ context: AppContext
    ) -> String {
        let count = plan.kept.count + plan.removed.count
        if count == 0 { return "There are no books.\n" }
        let what = nights.map { "a book \($0.rhythm) for \($0.years.counted("year"))" } ?? count.counted("book")
        let body =
            drawing.calendar
            ? CalendarRenderer(plan, policy, now: context.now).text(
                CalendarStyle(for: context.output), removed: "removed")
            : nights == nil ? Self.table(plan) : Self.table(ofNights: plan, in: context.zone)
        return "\(policy.text); \(what) to \(context.zone.date(at: context.now)), \(context.zone)\n\n" + body
            + "\n\(count.counted("book")): \(plan.kept.count.grouped) kept, \(plan.removed.count.grouped) removed.\n"
    }

    /// Given books, each with its reasons.
    private static func table(_ plan: RetentionPlan) -> String {
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "created", "why"])
        for (verb, book, reasons) in plan.kept.map({ ("keep", $0.book, $0.reasons.map(\.description)) })
            + plan.removed.map({ ("remove", $0.book, $0.reasons.map(\.description)) })
        {
            table.add(verb, String(book.id), book.createdAt.readable, reasons.joined(separator: ", "))
        }
        return table.text
    }

    /// The nights that are kept; thousands that are not would bury them.
    private static func table(ofNights plan: RetentionPlan, in zone: Zone) -> String {
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        var table = TextTable([.left, .left], header: ["night", "kept as"])
        for entry in plan.kept {
            let date = zone.date(at: entry.book.createdAt)
            table.add(
                "\(weekdays[date.weekday - 1]) \(date)", entry.reasons.map(\.description).joined(separator: ", "))
        }
        return table.text
    }
}
