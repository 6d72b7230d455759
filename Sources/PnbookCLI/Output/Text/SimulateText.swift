import Chronology
import ErrorModel
import Operations
import Retention

extension SimulateResult {
    func text(_ style: TextStyle) -> DisplayText {
        let count = plan.kept.count + plan.removed.count
        if count == 0 { return "There are no books.\n" }
        let zone = policyInForce.zone
        let what: DisplayText =
            nights.map { "a book \($0.cadence.text) for \($0.years.counted("year"))" } ?? count.counted("book")
        let body =
            drawsCalendar
            ? CalendarRenderer(plan, policyInForce, now: now).text(style.calendar, removed: "removed")
            : nights == nil ? Self.table(plan, style) : Self.table(ofNights: plan, in: zone, style)
        let head: DisplayText = "\(policyInForce.text); \(what) to \(zone.date(at: now)), \(zone)\n"
        let sum: DisplayText =
            "\(count.counted("book")): \(plan.kept.count.grouped) kept, \(plan.removed.count.grouped) removed.\n"
        return "\(head)\n\(body)\n\(sum)"
    }

    /// Given books, each with its reasons.
    private static func table(_ plan: RetentionPlan, _ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .right, .left, .left], header: ["", "id", "created", "why"])
        let kept = plan.kept.map { ("keep" as DisplayText, $0.book, $0.reasons.map(\.text)) }
        let removed = plan.removed.map { ("remove" as DisplayText, $0.book, $0.reasons.map(\.text)) }
        for (verdict, book, reasons) in kept + removed {
            table.add(
                verdict, DisplayText(String(book.id)), DisplayText(style.time(book.createdAt)),
                reasons.joined(separator: ", "))
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
                entry.reasons.map(\.text).joined(separator: ", "))
        }
        return table.text(style)
    }
}
