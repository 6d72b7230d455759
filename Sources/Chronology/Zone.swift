import Foundation

/// An IANA time zone, by name; never the machine's own (<doc:Counting#Calendar>).
package struct Zone: Hashable, Sendable, CustomStringConvertible {
    /// The name as it was given, for example `Europe/Berlin`.
    package let identifier: String
    private let zone: TimeZone

    package static let utc = Zone(identifier: "UTC", zone: .gmt)

    /// Nil where the name is not an IANA zone.
    ///
    /// Foundation knows more names than the IANA: offsets such as `GMT+3`, which know no daylight saving, and
    /// abbreviations such as `BST`, which it reads as Bangladesh's. A guessed zone is worse than a refused one.
    package init?(identifier: String) {
        let isListed =
            Self.namesWithoutRegion.contains(identifier)
            || (identifier.contains("/") && !identifier.hasPrefix("SystemV/"))
        guard isListed, let zone = TimeZone(identifier: identifier) else { return nil }
        self.init(identifier: identifier, zone: zone)
    }

    /// The IANA's names that are not of the form `Region/City`.
    private static let namesWithoutRegion: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Greenwich", "HST", "Hongkong",
        "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo",
        "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU",
        "WET", "Zulu",
    ]

    private init(identifier: String, zone: TimeZone) {
        self.identifier = identifier
        self.zone = zone
    }

    package var description: String { identifier }

    /// The local date at `instant`.
    package func date(at instant: Instant) -> CivilDate {
        CivilDate(daysSinceEpoch: localMilliseconds(at: instant).dividedFloor(by: 86_400_000).quotient)
    }

    /// The instant with the same local time as `instant`, `days` days later.
    ///
    /// Where the zone skips that time of that day, a time near it. Nil where the zone skips the whole day.
    package func instant(_ days: Int, daysAfter instant: Instant) -> Instant? {
        let local = localMilliseconds(at: instant) + Int64(days) * 86_400_000
        let day = CivilDate(daysSinceEpoch: local.dividedFloor(by: 86_400_000).quotient)
        let byOldOffset = Instant(milliseconds: local - offset(at: instant))
        let byNewOffset = Instant(milliseconds: local - offset(at: byOldOffset))
        return [byNewOffset, byOldOffset].first { date(at: $0) == day }
    }

    private func localMilliseconds(at instant: Instant) -> Int64 {
        instant.advanced(byMilliseconds: offset(at: instant)).milliseconds
    }

    /// Milliseconds east of UTC.
    func offset(at instant: Instant) -> Int64 {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        return Int64(zone.secondsFromGMT(for: date)) * 1000
    }
}
