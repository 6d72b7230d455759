import Chronology
import ErrorModel
import Operations
import Retention

extension SimulateResult {
    func text(_ style: TextStyle) -> DisplayText {
        let count = plan.kept.count + plan.removed.count
        if count == 0 { return "There are no books.\n" }
        let zone = policyInForce.zone
        let what = nights.map { "a book \($0.cadence) for \($0.years.counted("year"))" } ?? count.counted("book")
        let body =
            drawsCalendar
            ? CalendarRenderer(plan, policyInForce, now: now).text(style.calendar, removed: "removed")
            : nights == nil ? Self.table(plan, style) : Self.table(ofNights: plan, in: zone, style)
        return "\(policyInForce.text); \(what) to \(zone.date(at: now)), \(zone)\n\n\(body)"
            + "\n\(count.counted("book")): \(plan.kept.count.grouped) kept, \(plan.removed.count.grouped) removed.\n"
    }

    /// Given books, each with its reasons.
    private static func table(_ plan: RetentionPlan, _ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "created", "why"])
        for (verdict, book, reasons) in plan.kept.map({ ("keep", $0.book, $0.reasons.map(\.description)) })
            + plan.removed.map({ ("remove", $0.book, $0.reasons.map(\.description)) })
        {
            table.add(
                DisplayText(verdict), DisplayText(String(book.id)), DisplayText(style.time(book.createdAt)),
                DisplayText(reasons.joined(separator: ", ")))
        }
        return table.text(style)
    }

    /// Only the nights that are kept; thousands that are not would bury them.
    private static func table(ofNights plan: RetentionPlan, in zone: Zone, _ style: TextStyle) -> DisplayText {
        let weekdays: [DisplayText] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        var table = TextTable([.left, .left], header: ["night", "kept as"])
        for entry in plan.kept {
            let date = zone.date(at: entry.book.createdAt)
            table.add(
                "\(weekdays[date.weekday - 1]) \(date)",
                DisplayText(entry.reasons.map(\.description).joined(separator: ", ")))
        }
        return table.text(style)
    }
}
