import Chronology
import ErrorModel
import Operations
import PartnumberBooks
import Retention

/// Books in a calendar, as text of less than 80 columns, and of 50 in a narrow terminal: each year's months, and below them the last weeks' days.
struct CalendarRenderer {
    /// The mark of a cell; of several books the highest.
    enum Mark: Int, Comparable {
        case removed
        case kept
        case pinned
        case previous
        case active

        static func < (left: Mark, right: Mark) -> Bool { left.rawValue < right.rawValue }
    }

    private let days: [CivilDate: [Mark]]
    /// The day up to which weeks are drawn; nil if there is no book yet.
    private let lastDay: CivilDate?
    private let weeks: Int

    /// What `plan` keeps and removes, in the days of the policy's zone.
    init(_ plan: RetentionPlan, _ policy: RetentionPolicy, now: Instant) {
        self.init(kept: plan.kept.map(\.book), removed: plan.removed.map(\.book), policy, now: now)
    }

    init(_ plan: PrunePlan, _ policy: RetentionPolicy, now: Instant) {
        self.init(
            kept: plan.kept.map(\.candidate), removed: plan.removed.map(\.candidate), policy, now: now)
    }

    private init(kept: [RetentionCandidate], removed: [RetentionCandidate], _ policy: RetentionPolicy, now: Instant) {
        var days: [CivilDate: [Mark]] = [:]
        for book in kept {
            days[policy.zone.date(at: book.createdAt), default: []].append(Self.mark(of: book))
        }
        for book in removed { days[policy.zone.date(at: book.createdAt), default: []].append(.removed) }
        let today = policy.zone.date(at: now.advanced(byMilliseconds: RetentionPolicy.futureTolerance))
        self.days = days
        lastDay = days.keys.filter { $0 <= today }.max()
        // As far back as days and weeks are kept individually; the months above show the rest.
        weeks = max(2, min(Self.mostWeeks, max(policy.weekly, min(policy.daily, 365) / 7 + 1)))
    }

    private static func mark(of kept: RetentionCandidate) -> Mark {
        kept.isActive ? .active : kept.isPrevious ? .previous : kept.pinNote != nil ? .pinned : .kept
    }

    private static let mostWeeks = 14

    /// The columns that it takes with the months' names.
    static let width = 72

    /// The calendar with its legend.
    ///
    /// - Parameter removed: what the legend calls books that the plan removes.
    func text(_ style: CalendarStyle, removed: DisplayText) -> DisplayText {
        if days.isEmpty { return "There are no books.\n" }
        let draw = { (mark: Mark) in DisplayText.verbatim(style.draw(mark)) }
        let gap: DisplayText = .verbatim(style.isNarrow ? "\n  " : "   ")
        let legend: [DisplayText] = [
            "  \(draw(.kept)) kept (\(draw(.kept))2: two in that month)\(gap)\(draw(.removed)) \(removed)\n",
            "  \(draw(.active)) active   \(draw(.previous)) previous   \(draw(.pinned)) pinned\n",
        ]
        return "\(monthGrid(style))\n\(weekGrid(style))\n\(legend.joined())"
    }

    // MARK: Years and months

    private static let monthNames: [DisplayText] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func monthGrid(_ style: CalendarStyle) -> DisplayText {
        let years = Dictionary(grouping: days, by: \.key.year)
        guard let first = years.keys.min(), let last = years.keys.max() else { return "" }
        let initials = DisplayText.verbatim(Self.monthNames.map { $0.string.prefix(1) + "  " }.joined())
        var lines: [DisplayText] = [
            style.isNarrow
                ? "      \(initials)kept/all\n"
                : "        \(Self.monthNames.joined(separator: " "))   kept of all\n"
        ]
        var idle: [Int] = []
        for year in first...last {
            let days = years[year] ?? []
            if !days.contains(where: { $0.value.contains { $0 > .removed } }) {
                idle.append(year)
                continue
            }
            lines += [rows(idle, years, style), row(year, days, style)]
            idle = []
        }
        return (lines + [rows(idle, years, style)]).joined()
    }

    /// Years of which nothing is kept; many of them in one line.
    private func rows(
        _ idle: [Int], _ years: [Int: [Dictionary<CivilDate, [Mark]>.Element]], _ style: CalendarStyle
    ) -> DisplayText {
        guard idle.count > 2, let first = idle.first, let last = idle.last else {
            return idle.map { row($0, years[$0] ?? [], style) }.joined()
        }
        let books = idle.reduce(0) { sum, year in sum + (years[year] ?? []).reduce(0) { $0 + $1.value.count } }
        let what: DisplayText =
            books == 0
            ? "no books" : "\(DisplayText.verbatim(style.draw(.removed))) none of \(books.counted("book")) kept"
        return "  \(first)-\(last)  \(what)\n"
    }

    private func row(_ year: Int, _ days: [Dictionary<CivilDate, [Mark]>.Element], _ style: CalendarStyle)
        -> DisplayText
    {
        let cells = (1...12).map { month in
            let marks = days.filter { $0.key.month == month }.flatMap(\.value)
            let room = style.isNarrow ? 2 : 3
            guard let mark = marks.max() else { return String(repeating: " ", count: room + 1) }
            let kept = marks.count { $0 > .removed }
            let number = kept > (style.isNarrow ? 9 : 999) ? "+" : kept > 1 ? String(kept) : ""
            return style.draw(mark) + number + String(repeating: " ", count: room - number.count)
        }
        let marks = days.flatMap(\.value)
        if style.isNarrow {
            let sum = Self.right("\(marks.count { $0 > .removed })/\(marks.count)", 8)
            return .verbatim(" \(year) " + cells.joined() + sum + "\n")
        }
        let of: DisplayText = " of "
        let (kept, all) = (Self.right(marks.count { $0 > .removed }.grouped, 4), Self.right(marks.count.grouped, 3))
        return "  \(year)  \(DisplayText.verbatim(cells.joined()))  \(kept)\(of)\(all)\n"
    }

    // MARK: Weeks and days

    private func weekGrid(_ style: CalendarStyle) -> DisplayText {
        guard let lastDay else { return "" }
        let lastMonday = lastDay.advanced(byDays: 1 - lastDay.weekday)
        var lines: [DisplayText] = ["  week          Mon Tue Wed Thu Fri Sat Sun\n"]
        for week in (0..<weeks).reversed() {
            let monday = lastMonday.advanced(byDays: -7 * week)
            var cells = ""
            for day in (0..<7).map({ monday.advanced(byDays: $0) }) {
                guard let mark = days[day]?.max() else {
                    cells += "    "
                    continue
                }
                cells += " " + style.draw(mark) + Self.right(String(day.day), 2)
            }
            while cells.last == " " { cells.removeLast() }
            let month = Self.monthNames[monday.month - 1]
            lines.append(
                cells.isEmpty
                    ? "  \(monday.isoWeek)  \(month)\n"
                    : "  \(monday.isoWeek)  \(month) \(DisplayText.verbatim(cells))\n")
        }
        return lines.joined()
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
