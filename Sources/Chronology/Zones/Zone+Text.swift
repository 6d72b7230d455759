/// Times as people read them, in a zone.
extension Zone {
    /// The offset from UTC at `instant`, as it is written behind a time: `+03:00`, `-09:30`; `UTC` in that zone itself.
    package func offsetText(at instant: Instant) -> String {
        if self == .utc { return "UTC" }
        let minutes = offset(at: instant).dividedFloor(by: 60_000).quotient
        let (hours, rest) = abs(minutes).dividedFloor(by: 60)
        return (minutes < 0 ? "-" : "+") + padded(hours, 2) + ":" + padded(rest, 2)
    }
}

extension Instant {
    /// `2026-11-20 06:00:00 +03:00`; in UTC `2026-11-20 03:00:00 UTC`.
    package func readable(in zone: Zone) -> String {
        let local = advanced(byMilliseconds: zone.offset(at: self)).readable.dropLast(" UTC".count)
        return local + " " + zone.offsetText(at: self)
    }
}
