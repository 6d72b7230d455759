import Chronology
import Operations

/// Times in texts for people, in the configured zone.
///
/// Messages are made far from any configuration, and programs read the same ones in UTC: in JSON, in a task's row, at a monitor.
/// They all name a time in one form (`Instant.readable`), which is put into the zone where it is printed.
enum LocalTimes {
    /// `text` with each `2026-11-20 03:00:00 UTC` as `2026-11-20 06:00:00 +03:00`.
    static func shown(_ text: String, in zone: Zone) -> String {
        if zone == .utc { return text }
        return text.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/) { match in
            let time = String(match.output)
            return Instant(sqlText: String(time.dropLast(" UTC".count)))?.readable(in: zone) ?? time
        }
    }
}
