import Chronology
import Retention
import Testing

@Suite("Retention's days, weeks, months and years")
struct RetentionCalendarTests {
    @Test("The year 2026 ends in week 53, which reaches to 3 January 2027")
    func week53() throws {
        let books = [
            try book(5, "2027-01-04T12:00:00Z"), try book(4, "2027-01-03T12:00:00Z"),
            try book(3, "2027-01-01T12:00:00Z"), try book(2, "2026-12-28T12:00:00Z"),
            try book(1, "2026-12-27T12:00:00Z"),
        ]
        let plan = try policy(weekly: 5).plan(for: books, now: try instant("2027-01-04T12:00:00Z"))
        #expect(
            plan.lines == [
                "kept 5: weekly 1 2027-W01", "kept 4: weekly 2 2026-W53", "kept 1: weekly 3 2026-W52",
                "removed 3: week 2026-W53 is represented by 4", "removed 2: week 2026-W53 is represented by 4",
            ])
    }

    @Test("30 December 2024 belongs to the first week of 2025, and to the year 2024")
    func weekOfTheNextYear() throws {
        let books = [
            try book(3, "2025-01-05T12:00:00Z"), try book(2, "2024-12-30T12:00:00Z"),
            try book(1, "2024-12-29T12:00:00Z"),
        ]
        let plan = try policy(weekly: 5, yearly: 5).plan(for: books, now: try instant("2025-01-05T12:00:00Z"))
        #expect(
            plan.lines == [
                "kept 3: weekly 1 2025-W01, yearly 1 2025",
                "kept 2: yearly 2 2024",
                "kept 1: weekly 2 2024-W52",
            ])
    }

    @Test("29 February is a day of its own, in February")
    func leapDay() throws {
        let books = [
            try book(4, "2024-03-01T00:00:00Z"), try book(3, "2024-02-29T23:59:59.999Z"),
            try book(2, "2024-02-29T00:00:00Z"), try book(1, "2024-02-28T23:59:59.999Z"),
        ]
        let plan = try policy(daily: 3, monthly: 2).plan(for: books, now: try instant("2024-03-01T00:00:00Z"))
        #expect(
            plan.lines == [
                "kept 4: daily 1 2024-03-01, monthly 1 2024-03",
                "kept 3: daily 2 2024-02-29, monthly 2 2024-02",
                "kept 1: daily 3 2024-02-28",
                "removed 2: day 2024-02-29 is represented by 3, month 2024-02 is represented by 3",
            ])
    }

    @Test("In Berlin the day of 23 hours runs from 23:00 to 22:00 UTC")
    func shortDayInBerlin() throws {
        let books = [
            try book(5, "2026-03-29T22:00:00Z"), try book(4, "2026-03-29T21:59:59.999Z"),
            try book(3, "2026-03-29T00:30:00Z"), try book(2, "2026-03-28T23:00:00Z"),
            try book(1, "2026-03-28T22:59:59.999Z"),
        ]
        let berlin = try policy(daily: 7, in: "Europe/Berlin")
        #expect(
            berlin.plan(for: books, now: try instant("2026-03-29T22:00:00Z")).lines == [
                "kept 5: daily 1 2026-03-30", "kept 4: daily 2 2026-03-29", "kept 1: daily 3 2026-03-28",
                "removed 3: day 2026-03-29 is represented by 4", "removed 2: day 2026-03-29 is represented by 4",
            ])
        // The same books by UTC's days, which are others.
        #expect(
            try policy(daily: 7).plan(for: books, now: try instant("2026-03-29T22:00:00Z")).lines == [
                "kept 5: daily 1 2026-03-29", "kept 2: daily 2 2026-03-28",
                "removed 4: day 2026-03-29 is represented by 5", "removed 3: day 2026-03-29 is represented by 5",
                "removed 1: day 2026-03-28 is represented by 2",
            ])
    }

    @Test("In Berlin the day of 25 hours runs from 22:00 to 23:00 UTC")
    func longDayInBerlin() throws {
        let books = [
            try book(4, "2026-10-25T23:00:00Z"), try book(3, "2026-10-25T22:59:59.999Z"),
            try book(2, "2026-10-24T22:00:00Z"), try book(1, "2026-10-24T21:59:59.999Z"),
        ]
        let plan = try policy(daily: 7, weekly: 5, in: "Europe/Berlin").plan(
            for: books, now: try instant("2026-10-25T23:00:00Z"))
        #expect(
            plan.lines == [
                "kept 4: daily 1 2026-10-26, weekly 1 2026-W44",
                "kept 3: daily 2 2026-10-25, weekly 2 2026-W43",
                "kept 1: daily 3 2026-10-24",
                "removed 2: day 2026-10-25 is represented by 3, week 2026-W43 is represented by 3",
            ])
    }

    @Test("Month and year, too, begin at the zone's midnight")
    func newYearInNewYork() throws {
        let books = [try book(2, "2027-01-01T05:00:00Z"), try book(1, "2027-01-01T04:59:59.999Z")]
        let plan = try policy(monthly: 12, yearly: 10, in: "America/New_York").plan(
            for: books, now: try instant("2027-01-01T05:00:00Z"))
        #expect(
            plan.lines == [
                "kept 2: monthly 1 2027-01, yearly 1 2027", "kept 1: monthly 2 2026-12, yearly 2 2026",
            ])
    }

    @Test("Apia's calendar goes from 29 to 31 December 2011")
    func skippedDay() throws {
        let books = [
            try book(3, "2011-12-31T09:59:59.999Z"), try book(2, "2011-12-30T10:00:00Z"),
            try book(1, "2011-12-30T09:59:59.999Z"),
        ]
        let plan = try policy(daily: 7, in: "Pacific/Apia").plan(for: books, now: try instant("2011-12-31T10:00:00Z"))
        #expect(
            plan.lines == [
                "kept 3: daily 1 2011-12-31", "kept 1: daily 2 2011-12-29",
                "removed 2: day 2011-12-31 is represented by 3",
            ])
    }

    @Test("A day that the clock shows twice is one bucket")
    func dayShownTwice() throws {
        // At 00:01 on 7 November 2010 the clocks of St John's went back to 23:01 on the 6th.
        let books = [
            try book(4, "2010-11-07T04:00:00Z"), try book(3, "2010-11-07T03:00:00Z"),
            try book(2, "2010-11-07T02:30:30Z"), try book(1, "2010-11-07T02:29:00Z"),
        ]
        let plan = try policy(daily: 7, in: "America/St_Johns").plan(
            for: books, now: try instant("2010-11-07T04:00:00Z"))
        #expect(
            plan.lines == [
                "kept 4: daily 1 2010-11-07", "kept 3: daily 2 2010-11-06",
                "removed 2: day 2010-11-07 is represented by 4", "removed 1: day 2010-11-06 is represented by 3",
            ])
    }

    @Test("Zones of half and quarter hours cut their days at their own midnight")
    func oddOffsets() throws {
        // Kathmandu is 5:45 ahead; Lord Howe 10:30, and 11:00 in its summer.
        let kathmandu = [try book(2, "2026-11-19T18:15:00Z"), try book(1, "2026-11-19T18:14:59.999Z")]
        let now = try instant("2026-11-20T00:00:00Z")
        #expect(
            try policy(daily: 7, in: "Asia/Kathmandu").plan(for: kathmandu, now: now).lines == [
                "kept 2: daily 1 2026-11-20", "kept 1: daily 2 2026-11-19",
            ])
        let lordHowe = [
            try book(4, "2026-11-19T13:00:00Z"), try book(3, "2026-11-19T12:59:59.999Z"),
            try book(2, "2026-06-19T13:30:00Z"), try book(1, "2026-06-19T13:29:59.999Z"),
        ]
        #expect(
            try policy(daily: 7, in: "Australia/Lord_Howe").plan(for: lordHowe, now: now).lines == [
                "kept 4: daily 1 2026-11-20", "kept 3: daily 2 2026-11-19",
                "kept 2: daily 3 2026-06-20", "kept 1: daily 4 2026-06-19",
            ])
    }
}
