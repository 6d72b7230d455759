import Chronology
import Foundation

/// Names of time zones, a line each, and the calendars of those that are accepted.
///
/// The calendar is Foundation's own, in a second way: its components, and not offsets.
extension FuzzKind {
    static let zone = FuzzKind("zone") { input in
        let span = UInt64(Instant.supported.upperBound.milliseconds)
        for (index, line) in input.textLines(atMost: 8).enumerated() {
            guard let zone = Zone(identifier: line) else { continue }
            Finding.unlessSame(zone.identifier, line, "the name")
            Finding.unlessSame(Zone(identifier: zone.description), zone, "described")
            guard let known = TimeZone(identifier: line) else { Finding.report("a zone that nobody knows: \(line)") }
            let word = input.word &* UInt64(2 * index + 1)
            let instant = Instant(milliseconds: Int64(word % span))
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = known
            let moment = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
            let parts = calendar.dateComponents([.year, .month, .day], from: moment)
            let date = zone.date(at: instant)
            Finding.unlessSame([date.year, date.month, date.day], [parts.year, parts.month, parts.day], line)
            for days in [1, 7, 365, -1] {
                guard let later = zone.instant(days, daysAfter: instant) else { continue }
                Finding.unlessSame(zone.date(at: later), date.advanced(byDays: days), "\(days) days later in \(line)")
            }
        }
    }
}
