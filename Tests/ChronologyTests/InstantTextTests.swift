import Chronology
import Testing

@Suite("Writing an instant")
struct InstantTextTests {
    @Test(
        "An instant is written in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01", "00:00:00", "000"), (-1, "1969-12-31", "23:59:59", "999"),
            (999, "1970-01-01", "00:00:00", "999"), (1000, "1970-01-01", "00:00:01", "000"),
            (1_709_251_199_999, "2024-02-29", "23:59:59", "999"), (1_709_251_200_000, "2024-03-01", "00:00:00", "000"),
            (1_795_143_600_007, "2026-11-20", "03:00:00", "007"), (-86_400_000, "1969-12-31", "00:00:00", "000"),
            (253_402_300_799_999, "9999-12-31", "23:59:59", "999"),
        ])
    func texts(milliseconds: Int64, day: String, time: String, fraction: String) {
        let instant = Instant(milliseconds: milliseconds)
        #expect(instant.iso8601 == "\(day)T\(time).\(fraction)Z")
        #expect(instant.sqlText == "\(day) \(time).\(fraction)")
        #expect(instant.readable == "\(day) \(time) UTC")
    }

    @Test("What is written for a database or as ISO 8601 is read back as the same instant")
    func roundTrip() throws {
        var milliseconds: Int64 = 0
        // A step that is a multiple of no unit visits every hour, minute, second and millisecond.
        while milliseconds <= 253_370_764_799_999 {
            let instant = Instant(milliseconds: milliseconds)
            try #require(Instant(sqlText: instant.sqlText) == instant)
            try #require(Instant(iso8601: instant.iso8601) == instant)
            milliseconds += 12_345_678_901
        }
    }

    @Test("Instants sort as their texts do")
    func order() throws {
        let instants = stride(from: Int64(0), through: 250_000_000_000_000, by: 777_777_777_777).map {
            Instant(milliseconds: $0)
        }
        #expect(instants.shuffled().sorted() == instants)
        #expect(instants.map(\.sqlText).shuffled().sorted() == instants.map(\.sqlText))
        #expect(Instant(milliseconds: 1) < Instant(milliseconds: 2))
        #expect(!(Instant(milliseconds: 2) < Instant(milliseconds: 2)))
    }

    @Test(
        "A database's date and time is read as UTC, or by the offset that it names",
        arguments: [
            "2026-11-20 03:00:00", "2026-11-20 03:00:00.000", "2026-11-20 03:00:00.000000", "2026-11-20T03:00:00",
            "2026-11-20 03:00:00.000Z", "2026-11-20 03:00:00+00:00", "2026-11-20 06:00:00+03:00",
            "2026-11-20T06:00:00.000000+03:00", "2026-11-20 06:00:00.000000001+0300", "2026-11-20 02:59:00-00:01",
            "2026-11-19 22:00:00.0-05:00", "2026-11-20 03:00",
        ])
    func databaseTexts(text: String) {
        #expect(Instant(sqlText: text)?.iso8601 == "2026-11-20T03:00:00.000Z")
    }

    @Test(
        "A database's zero date, a year of five digits and other texts are no instants",
        arguments: [
            "0000-00-00 00:00:00", "2026-11-20", "", "1795143600", "NULL", "10000-01-01 00:00:00",
            "9999-12-31 23:59:59.999-00:01", "0000-01-01 00:00:00+00:01", "-001-01-01 00:00:00",
            "2026-10-31 06:00:00.123456 +0300 MSK m=+0.1", "2026-10-31 06:00:00 +0300 +0300",
            "2026-11-20 03:00:00+24:00",
            "2026-11-20 03:00:00 UTC", "20-11-2026 03:00:00", "2026-11-20 03:00:00.0000000001",
        ])
    func noDatabaseTexts(text: String) {
        #expect(Instant(sqlText: text) == nil)
    }

    @Test(
        "The first and the last time that four digits of a year can name are read and written",
        arguments: [
            ("0000-01-01 00:00:00.000", "0000-01-01 00:00:00.000"), ("1000-01-01 00:00:00", "1000-01-01 00:00:00.000"),
            ("9999-12-31 23:59:59.999", "9999-12-31 23:59:59.999"),
            ("9999-12-31 23:59:59.999999999", "9999-12-31 23:59:59.999"),
            ("9999-12-31 23:59:59.999+14:00", "9999-12-31 09:59:59.999"),
        ])
    func ends(text: String, written: String) {
        #expect(Instant(sqlText: text)?.sqlText == written)
    }

    @Test("Moved beyond what 64 bits count an instant stays at their end")
    func beyond() {
        let last = Instant.stored.upperBound
        #expect(last.advanced(byMilliseconds: .max) == Instant(milliseconds: .max))
        #expect(Instant(milliseconds: -2).advanced(byMilliseconds: .min) == Instant(milliseconds: .min))
        #expect(last.advanced(byMilliseconds: 1) > last)
    }

    @Test("An instant can be moved both ways")
    func advanced() {
        let instant = Instant(milliseconds: 1_795_143_600_000)
        #expect(instant.advanced(byMilliseconds: 300_000).iso8601 == "2026-11-20T03:05:00.000Z")
        #expect(instant.advanced(byMilliseconds: -1).iso8601 == "2026-11-20T02:59:59.999Z")
        #expect(instant.advanced(byMilliseconds: 0) == instant)
    }

    @Test("The machine's clock is read in milliseconds")
    func systemClock() async throws {
        let before = Instant.fromSystemClock()
        try await Task.sleep(for: .milliseconds(5))
        let after = Instant.fromSystemClock()
        #expect(Instant.supported.contains(before))
        #expect(before > Instant(milliseconds: 1_700_000_000_000))
        #expect(before != after)
        // One of two different readings may be a whole second, not both of them.
        #expect([before, after].contains { $0.milliseconds % 1000 != 0 })
    }
}
