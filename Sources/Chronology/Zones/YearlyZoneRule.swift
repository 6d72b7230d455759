/// The same changes in every year: POSIX's `TZ` as the time zone database writes it, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct YearlyZoneRule: Sendable {
    /// Seconds east of UTC.
    private let standard: Int64
    private let summer: Summer?

    private struct Summer: Sendable {
        let offset: Int64
        let start: Day
        let end: Day
    }

    /// A day of each year, and a time of it.
    private struct Day: Sendable {
        enum Kind: Sendable {
            /// Day 1 to 365 of a year whose 29 February is not counted.
            case julian(Int64)
            /// Day 0 to 365 of the year.
            case ordinal(Int64)
            /// A weekday, 0 for Sunday, in the first to fifth week of a month, the fifth being the last.
            case weekday(Int, week: Int, month: Int)
        }

        let kind: Kind
        /// Seconds from the day's beginning, by the clock before the change; also negative, or of a later day.
        let time: Int64

        /// Seconds since 1970, as if the clock before the change were UTC.
        func second(in year: Int) -> Int64 { day(in: year) * 86_400 + time }

        private func day(in year: Int) -> Int64 {
            let first = CivilDate.daysToYear(year)
            switch kind {
            case .ordinal(let number): return first + number
            case .julian(let number):
                let isLeap = CivilDate.daysToYear(year + 1) - first == 366
                return first + number - (isLeap && number >= 60 ? 0 : 1)
            case .weekday(let weekday, let week, let month):
                guard let start = CivilDate(validYear: year, month: month, day: 1) else { return first }
                let toFirst = (weekday - start.weekday % 7 + 7) % 7
                let day = start.advanced(byDays: toFirst + 7 * (week - 1))
                return (day.month == month ? day : day.advanced(byDays: -7)).daysSinceEpoch
            }
        }
    }

    /// Seconds east of UTC at a moment, in seconds since 1970.
    func offset(at second: Int64) -> Int64 {
        guard let summer else { return standard }
        let year = CivilDate(daysSinceEpoch: (second + standard).dividedFloor(by: 86_400).quotient).year
        // The years beside it, for a change may lie some days away from the year it belongs to.
        let changes = (year - 1...year + 1).flatMap { year in
            [
                (summer.end.second(in: year) - summer.offset, standard),
                (summer.start.second(in: year) - standard, summer.offset),
            ]
        }
        // Of two at the same moment the beginning counts: such a zone has summer all the year.
        return changes.filter { $0.0 <= second }.max { $0.0 < $1.0 || ($0.0 == $1.0 && $0.1 == standard) }?.1
            ?? standard
    }
}

extension YearlyZoneRule {
    /// Nil for text that is none.
    init?(_ text: some StringProtocol) {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard reader.skipName(), let west = reader.time() else { return nil }
        standard = -west
        guard !reader.rest.isEmpty else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = standard + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.time() else { return nil }
            offset = -west
        }
        guard let start = reader.day(), let end = reader.day(), reader.rest.isEmpty else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// A zone's abbreviation: three letters or more, or anything in `<>`.
        mutating func skipName() -> Bool {
            if skip("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[(end + 1)...]
                return true
            }
            let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
            rest = rest[letters.endIndex...]
            return letters.count >= 3
        }

        private mutating func number(_ range: ClosedRange<Int64>) -> Int64? {
            let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest[digits.endIndex...]
            let value = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
            return range.contains(value) ? value : nil
        }

        /// `[+-]h[:m[:s]]`, in seconds.
        mutating func time() -> Int64? {
            let isNegative = skip("-")
            if !isNegative { _ = skip("+") }
            // A week, as the database's third version of the format allows.
            guard var value = number(0...167).map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] as [Int64] {
                guard skip(":") else { break }
                guard let part = number(0...59) else { return nil }
                value += part * unit
            }
            return isNegative ? -value : value
        }

        /// `,Mm.w.d`, `,Jn` or `,n`, each with `/time`, which is two in the morning where it is left out.
        mutating func day() -> Day? {
            guard skip(",") else { return nil }
            let kind: Day.Kind
            if skip("M") {
                guard let month = number(1...12), skip("."), let week = number(1...5), skip("."),
                    let weekday = number(0...6)
                else { return nil }
                kind = .weekday(Int(weekday), week: Int(week), month: Int(month))
            } else if skip("J") {
                guard let number = number(1...365) else { return nil }
                kind = .julian(number)
            } else {
                guard let number = number(0...365) else { return nil }
                kind = .ordinal(number)
            }
            guard skip("/") else { return Day(kind: kind, time: 7200) }
            return time().map { Day(kind: kind, time: $0) }
        }
    }
}

extension CivilDate {
    /// From 1970-01-01 to the first day of a year.
    fileprivate static func daysToYear(_ year: Int) -> Int64 {
        CivilDate(validYear: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
    }
}
