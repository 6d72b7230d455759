import Chronology
import Foundation
import Testing

@Suite("Calendar days")
struct CivilDateTests {
    @Test("Every day from 1970 to 2200 is the one that Foundation's calendars show")
    func everyDay() throws {
        try compare(stride(from: 0, through: 84_370, by: 1))
        #expect(CivilDate(daysSinceEpoch: 84_370).description == "2200-12-31")
    }

    @Test("So is every 37th day from 1600 to 9999")
    func everyEra() throws {
        try compare(stride(from: -135_140, through: 2_932_896, by: 37))
        #expect(CivilDate(daysSinceEpoch: -135_140).description == "1600-01-01")
        #expect(CivilDate(daysSinceEpoch: 2_932_896).description == "9999-12-31")
    }

    private func compare(_ days: StrideThrough<Int64>) throws {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = .gmt
        var iso = Calendar(identifier: .iso8601)
        iso.timeZone = .gmt
        for day in days {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = gregorian.dateComponents([.year, .month, .day], from: date)
            let week = iso.dateComponents([.yearForWeekOfYear, .weekOfYear], from: date)
            let civil = CivilDate(daysSinceEpoch: day)
            try #require(civil.year == parts.year, "day \(day)")
            try #require(civil.month == parts.month, "day \(day)")
            try #require(civil.day == parts.day, "day \(day)")
            try #require(civil.daysSinceEpoch == day)
            try #require(CivilDate(validYear: civil.year, month: civil.month, day: civil.day) == civil, "day \(day)")
            let isoYear = try #require(week.yearForWeekOfYear)
            let isoWeek = try #require(week.weekOfYear)
            try #require(civil.isoWeek == String(format: "%04ld-W%02ld", isoYear, isoWeek), "day \(day)")
        }
    }

    @Test(
        "ISO weeks belong to the year of their Thursday",
        arguments: [
            ("2026-12-27", "2026-W52"), ("2026-12-28", "2026-W53"), ("2027-01-03", "2026-W53"),
            ("2027-01-04", "2027-W01"), ("2024-12-29", "2024-W52"), ("2024-12-30", "2025-W01"),
            ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"), ("2023-01-01", "2022-W52"),
            ("2018-12-31", "2019-W01"), ("2026-11-20", "2026-W47"), ("1970-01-01", "1970-W01"),
        ])
    func isoWeeks(day: String, week: String) throws {
        #expect(try date(day).isoWeek == week)
    }

    @Test(
        "A day that does not exist cannot be made",
        arguments: [
            (2025, 2, 29), (1900, 2, 29), (2100, 2, 29), (2024, 2, 30), (2026, 4, 31), (2026, 6, 31), (2026, 9, 31),
            (2026, 11, 31), (2026, 1, 32), (2026, 1, 0), (2026, 1, -1), (2026, 0, 1), (2026, 13, 1), (2026, -1, 1),
        ])
    func noSuchDay(year: Int, month: Int, day: Int) {
        #expect(CivilDate(validYear: year, month: month, day: day) == nil)
    }

    @Test("Every fourth year has a leap day, but for three centuries of four")
    func leapDays() throws {
        for year in [1972, 1996, 2000, 2004, 2024, 2096, 2104, 2400] {
            let leapDay = try #require(CivilDate(validYear: year, month: 2, day: 29))
            let next = CivilDate(daysSinceEpoch: leapDay.daysSinceEpoch + 1)
            #expect((next.year, next.month, next.day) == (year, 3, 1))
        }
    }

    @Test("Days are written with leading zeros")
    func description() throws {
        let early = try #require(CivilDate(validYear: 987, month: 6, day: 5))
        #expect(early.description == "0987-06-05")
        #expect(early.yearAndMonth == "0987-06")
        #expect(try date("2026-11-20").description == "2026-11-20")
        #expect(try date("2026-11-20").yearAndMonth == "2026-11")
    }

    @Test("Days are ordered by year, then month, then day")
    func order() throws {
        let days = ["1999-12-31", "2025-12-31", "2026-01-31", "2026-02-01", "2026-02-02", "2027-01-01"]
        let dates = try days.map(date)
        #expect(dates.reversed().sorted() == dates)
        #expect(!(dates[0] < dates[0]))
        #expect(dates.map(\.daysSinceEpoch) == dates.map(\.daysSinceEpoch).sorted())
    }

    @Test("A week runs from Monday, 1, to Sunday, 7, also before 1970")
    func weekdays() throws {
        let days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]
        #expect(try days.map { try date($0).weekday } == [1, 2, 3, 4, 5, 6, 7])
        #expect(try date("1970-01-01").weekday == 4)
        #expect(try date("1969-12-28").weekday == 7)
        #expect(try date("1600-02-29").weekday == 2)
    }

    @Test("Days later and years earlier reach over months and leap days")
    func arithmetic() throws {
        #expect(try date("2024-02-28").advanced(byDays: 2).description == "2024-03-01")
        #expect(try date("2027-01-01").advanced(byDays: -1).description == "2026-12-31")
        #expect(try date("2026-11-20").earlier(byYears: 10).description == "2016-11-20")
        #expect(try date("2024-02-29").earlier(byYears: 4).description == "2020-02-29")
        #expect(try date("2024-02-29").earlier(byYears: 1).description == "2023-02-28")
    }

    private func date(_ text: String) throws -> CivilDate {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        try #require(parts.count == 3)
        return try #require(CivilDate(validYear: parts[0], month: parts[1], day: parts[2]))
    }
}
