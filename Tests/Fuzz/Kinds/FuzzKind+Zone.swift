import Chronology
import Foundation

/// Names of time zones, a line each, and the calendars of those that are accepted.
///
/// The calendar is the C library's, which reads the same database in its own way.
extension FuzzKind {
    static let zone = FuzzKind("zone") { input in
        let span = UInt64(Instant.supported.upperBound.milliseconds)
        for (index, line) in input.textLines(atMost: 8).enumerated() {
            guard let zone = Zone(identifier: line) else { continue }
            Finding.unlessSame(zone.identifier, line, "the name")
            Finding.unlessSame(Zone(identifier: zone.description), zone, "described")
            let word = input.word &* UInt64(2 * index + 1)
            let instant = Instant(milliseconds: Int64(word % span))
            setenv("TZ", ":" + line, 1)
            tzset()
            var second = time_t(instant.milliseconds / 1000)
            var local = tm()
            guard localtime_r(&second, &local) != nil else { Finding.report("no local time in \(line)") }
            let date = zone.date(at: instant)
            let parts = [Int(local.tm_year) + 1900, Int(local.tm_mon) + 1, Int(local.tm_mday)]
            Finding.unlessSame([date.year, date.month, date.day], parts, line)
            for days in [1, 7, 365, -1] {
                guard let later = zone.instant(days, daysAfter: instant) else { continue }
                Finding.unlessSame(zone.date(at: later), date.advanced(byDays: days), "\(days) days later in \(line)")
            }
        }
    }
}
