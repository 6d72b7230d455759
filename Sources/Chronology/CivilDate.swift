/// A day of the proleptic Gregorian calendar, without a zone.
package struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var year: Int
    /// 1 to 12.
    package var month: Int
    /// 1 to 31.
    package var day: Int

    /// Days since 1970-01-01, negative before it.
    ///
    /// Counts in years that begin in March, so that the leap day is a year's last (H. Hinnant, *chrono-compatible
    /// low-level date algorithms*).
    package var daysSinceEpoch: Int64 {
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.dividedFloor(by: 400)
        let monthFromMarch = Int64((month + 9) % 12)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = era.remainder * 365 + era.remainder / 4 - era.remainder / 100 + dayOfYear
        return era.quotient * 146_097 + dayOfEra - 719_468
    }

    package init(daysSinceEpoch: Int64) {
        let era = (daysSinceEpoch + 719_468).dividedFloor(by: 146_097)
        let dayOfEra = era.remainder
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era.quotient * 400) + (month <= 2 ? 1 : 0)
    }

    /// Nil where no such day exists, for example 2025-02-29.
    package init?(validYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
        guard (1...12).contains(month), (1...31).contains(day), CivilDate(daysSinceEpoch: daysSinceEpoch) == self
        else { return nil }
    }

    /// `2026-11-20`.
    package var description: String { yearAndMonth + "-" + padded(day, 2) }

    /// `2026-11`.
    package var yearAndMonth: String { padded(year, 4) + "-" + padded(month, 2) }

    /// `2026-W47`: the ISO 8601 year and week, whose year is that of the week's Thursday.
    package var isoWeek: String {
        let thursday = CivilDate(daysSinceEpoch: daysSinceEpoch - Int64(weekday) + 4)
        let firstOfYear = CivilDate(year: thursday.year, month: 1, day: 1)
        let week = (thursday.daysSinceEpoch - firstOfYear.daysSinceEpoch) / 7 + 1
        return padded(thursday.year, 4) + "-W" + padded(week, 2)
    }

    /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
    package var weekday: Int { Int((daysSinceEpoch + 3).dividedFloor(by: 7).remainder) + 1 }

    /// The day `days` later (earlier when negative).
    package func advanced(byDays days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + Int64(days))
    }

    /// The same day of the month `years` earlier; 28 February where that year has no 29th.
    package func earlier(byYears years: Int) -> CivilDate {
        CivilDate(validYear: year - years, month: month, day: day)
            ?? CivilDate(year: year - years, month: month, day: 28)
    }

    private init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
