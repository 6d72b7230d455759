import Chronology
import Foundation
import Testing

@Suite("Time zones")
struct ZoneTests {
    @Test(
        "An IANA name is a zone, and is shown as it was given",
        arguments: [
            "UTC", "Europe/Berlin", "America/New_York", "America/Argentina/Buenos_Aires", "Asia/Kathmandu",
            "Asia/Katmandu", "Etc/UTC", "Etc/GMT+3",
        ])
    func names(name: String) throws {
        let zone = try #require(Zone(identifier: name))
        #expect(zone.identifier == name)
        #expect(zone.description == name)
    }

    @Test(
        "Any other name is none",
        arguments: [
            "", " ", "Mars/Olympus_Mons", "Europe", "Europe/Berlin ", " Europe/Berlin", "Europe/Berlin/Mitte", "CEST",
            "local", "localtime", "../etc/localtime", "+03:00", "+0300", "3", "Z",
        ])
    func unknownNames(name: String) {
        #expect(Zone(identifier: name) == nil)
    }

    @Test("An offset from Greenwich is none", arguments: ["GMT+3", "GMT-3", "GMT+0300", "GMT-03:30", "GMT+0"])
    func offsets(name: String) {
        #expect(Zone(identifier: name) == nil)
    }

    // BST is Bangladesh to the library and Britain to its people: a name that is guessed at is worse than none.
    @Test(
        "Neither is an offset from UTC, nor an abbreviation that the IANA does not list",
        arguments: ["UTC+3", "UTC-03:30", "BST", "AST", "IST", "PST"])
    func offsetsFromUTCAndAbbreviations(name: String) {
        #expect(Zone(identifier: name) == nil)
    }

    @Test("UTC is the zone of that name")
    func utc() throws {
        #expect(Zone.utc.identifier == "UTC")
        #expect(Zone.utc == Zone(identifier: "UTC"))
        #expect(Zone.utc != Zone(identifier: "Europe/Berlin"))
        #expect(try day("2026-11-20T00:00:00.000Z", in: "UTC") == "2026-11-20")
        #expect(try day("2026-11-19T23:59:59.999Z", in: "UTC") == "2026-11-19")
        #expect(Zone.utc.date(at: Instant(milliseconds: -1)).description == "1969-12-31")
    }

    @Test(
        "A day begins at the zone's midnight, summer and winter",
        arguments: [
            ("Europe/Berlin", "2026-01-14T23:00:00Z", "2026-01-15"),
            ("Europe/Berlin", "2026-07-14T22:00:00Z", "2026-07-15"),
            ("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29"),
            ("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30"),
            ("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25"),
            ("Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26"),
            ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08"),
            ("America/New_York", "2026-03-09T04:00:00Z", "2026-03-09"),
            ("America/New_York", "2026-11-01T04:00:00Z", "2026-11-01"),
            ("America/New_York", "2026-11-02T05:00:00Z", "2026-11-02"),
            ("Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05"),
            ("Australia/Lord_Howe", "2026-04-05T13:30:00Z", "2026-04-06"),
            ("Asia/Kathmandu", "2026-11-19T18:15:00Z", "2026-11-20"),
            ("Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01"),
            ("Pacific/Pago_Pago", "2026-12-31T11:00:00Z", "2026-12-31"),
        ])
    func midnights(zone: String, midnight: String, date: String) throws {
        let instant = try #require(Instant(iso8601: midnight))
        let zone = try #require(Zone(identifier: zone))
        let day = zone.date(at: instant)
        #expect(day.description == date)
        #expect(zone.date(at: instant.advanced(byMilliseconds: -1)).daysSinceEpoch == day.daysSinceEpoch - 1)
    }

    @Test("Apia had no 30 December 2011")
    func skippedDay() throws {
        #expect(try day("2011-12-30T09:59:59.999Z", in: "Pacific/Apia") == "2011-12-29")
        #expect(try day("2011-12-30T10:00:00.000Z", in: "Pacific/Apia") == "2011-12-31")
    }

    @Test("The clocks of St John's once showed the same day twice")
    func dayShownTwice() throws {
        #expect(try day("2010-11-07T02:30:59.999Z", in: "America/St_Johns") == "2010-11-07")
        #expect(try day("2010-11-07T02:31:00.000Z", in: "America/St_Johns") == "2010-11-06")
        #expect(try day("2010-11-07T03:30:00.000Z", in: "America/St_Johns") == "2010-11-07")
    }

    @Test(
        "A zone's days are those of Foundation's calendar, on either side of each midnight and clock change",
        arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"])
    func againstFoundation(name: String) throws {
        let zone = try #require(Zone(identifier: name))
        let timeZone = try #require(TimeZone(identifier: name))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        var moments = stride(from: 0.0, to: 2.2e9, by: 9 * 86_400).map {
            calendar.startOfDay(for: Date(timeIntervalSince1970: $0))
        }
        var transition = timeZone.nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: 0))
        while let moment = transition, moment.timeIntervalSince1970 < 2.2e9 {
            moments.append(moment)
            transition = timeZone.nextDaylightSavingTimeTransition(after: moment)
        }
        for moment in moments {
            let second = Int64(moment.timeIntervalSince1970)
            for (shift, whole) in [(Int64(-1), second - 1), (0, second), (1, second)] {
                let parts = calendar.dateComponents(
                    [.year, .month, .day], from: Date(timeIntervalSince1970: Double(whole)))
                let date = zone.date(at: Instant(milliseconds: second * 1000 + shift))
                try #require(
                    [date.year, date.month, date.day] == [parts.year, parts.month, parts.day],
                    "\(name), \(shift) ms from \(moment)")
            }
        }
    }

    @Test(
        "Days later, the clock on the wall shows the same time, or one near it where the zone leaves that out",
        arguments: [
            ("UTC", "2026-11-20T03:00:00Z", 1, "2026-11-21T03:00:00.000Z"),
            ("UTC", "2026-11-20T03:00:00Z", -365, "2025-11-20T03:00:00.000Z"),
            ("Europe/Berlin", "2026-03-28T02:00:00Z", 1, "2026-03-29T01:00:00.000Z"),
            ("Europe/Berlin", "2026-10-24T01:00:00Z", 1, "2026-10-25T02:00:00.000Z"),
            // Half past two is left out on the 29th.
            ("Europe/Berlin", "2026-03-28T01:30:00Z", 1, "2026-03-29T00:30:00.000Z"),
            ("Europe/Berlin", "2026-03-28T01:30:00Z", 2, "2026-03-30T00:30:00.000Z"),
            // Santiago's clock goes from midnight to one: the day begins without its first half hour.
            ("America/Santiago", "2026-09-05T04:30:00Z", 1, "2026-09-06T04:30:00.000Z"),
            ("Pacific/Apia", "2011-12-29T20:00:00Z", 2, "2011-12-30T20:00:00.000Z"),
        ])
    func sameTimeLater(name: String, start: String, days: Int, expected: String) throws {
        let zone = try #require(Zone(identifier: name))
        let start = try #require(Instant(iso8601: start))
        #expect(zone.instant(days, daysAfter: start)?.iso8601 == expected)
        #expect(zone.instant(0, daysAfter: start) == start)
    }

    @Test("On a day that the zone leaves out there is no such time")
    func leftOutDay() throws {
        let apia = try #require(Zone(identifier: "Pacific/Apia"))
        let start = try #require(Instant(iso8601: "2011-12-29T20:00:00Z"))
        #expect(apia.date(at: start).description == "2011-12-29")
        #expect(apia.instant(1, daysAfter: start) == nil)
        #expect(apia.instant(-1, daysAfter: start)?.iso8601 == "2011-12-28T20:00:00.000Z")
    }

    private func day(_ instant: String, in zone: String) throws -> String {
        let instant = try #require(Instant(iso8601: instant))
        return try #require(Zone(identifier: zone)).date(at: instant).description
    }
}
