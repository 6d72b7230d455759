/// An IANA time zone, by name; never the machine's own (<doc:Counting#Calendar>).
package struct Zone: Hashable, Sendable, CustomStringConvertible {
    /// The name as it was given, for example `Europe/Berlin`.
    package let identifier: String
    private let rules: ZoneRules

    /// Known without the time zone database.
    package static let utc = Zone(
        identifier: "UTC", rules: ZoneRules(initialOffset: 0, changes: [], yearly: nil))

    /// Nil where the system's time zone database has no zone of that name.
    ///
    /// It has more than the IANA's zones: copies of all with leap seconds, and old names such as `EST` beside `Etc/GMT+5`. What
    /// is not of the form `Region/City` is taken only where the IANA lists it: `BST` is Bangladesh's time to some programs, and
    /// a guessed zone is worse than a refused one.
    package init?(identifier: String) {
        if identifier == Zone.utc.identifier {
            self = .utc
            return
        }
        guard Self.isName(identifier), let rules = ZoneFile.rules(named: identifier) else { return nil }
        self.init(identifier: identifier, rules: rules)
    }

    private static func isName(_ identifier: String) -> Bool {
        let regions = identifier.split(separator: "/", omittingEmptySubsequences: false)
        guard regions.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isAllowed) }) else { return false }
        if regions.count == 1 { return namesWithoutRegion.contains(identifier) }
        return !["posix", "right", "SystemV"].contains(regions[0])
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// The IANA's names that are not of the form `Region/City`.
    static let namesWithoutRegion: Set<String> = [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GMT", "Greenwich", "HST", "Hongkong",
        "Iceland", "Iran", "Israel", "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "Navajo",
        "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU",
        "WET", "Zulu",
    ]

    private init(identifier: String, rules: ZoneRules) {
        self.identifier = identifier
        self.rules = rules
    }

    package static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }

    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

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
        rules.offset(at: instant.milliseconds.dividedFloor(by: 1000).quotient) * 1000
    }
}
