import Chronology
import Testing

@Suite("Reading an instant")
struct InstantParsingTests {
    // 2026-11-20T03:00:00Z is 20 777 days and three hours after the epoch.
    private static let three: Int64 = 20_777 * 86_400_000 + 3 * 3_600_000

    @Test(
        "ISO 8601 with a zone names the same instant, however it is written",
        arguments: [
            "2026-11-20T03:00:00Z", "2026-11-20T03:00:00z", "2026-11-20 03:00:00Z", "2026-11-20T03:00Z",
            "2026-11-20T03:00:00.0Z", "2026-11-20T03:00:00.000Z", "2026-11-20T03:00:00.000000000Z",
            "2026-11-20T03:00:00+00:00", "2026-11-20T03:00:00-00:00", "2026-11-20T06:00:00+03:00",
            "2026-11-20T06:00:00+0300", "2026-11-20T08:45:00+05:45", "2026-11-19T22:00:00-05:00",
            "2026-11-19T16:00:00-11:00", "2026-11-20T17:00:00+14:00", "2026-11-20T04:00+01:00",
        ])
    func spellings(text: String) {
        #expect(Instant(iso8601: text)?.milliseconds == Self.three)
    }

    @Test(
        "A fraction is cut to milliseconds",
        arguments: [
            (".1", 100), (".25", 250), (".250", 250), (".007", 7), (".0009", 0), (".9999", 999), (".123456", 123),
            (".123456789", 123),
        ])
    func fractions(fraction: String, milliseconds: Int64) {
        #expect(Instant(iso8601: "2026-11-20T03:00:00\(fraction)Z")?.milliseconds == Self.three + milliseconds)
        #expect(
            Instant(iso8601: "2026-11-20T06:00:00\(fraction)+03:00")?.milliseconds == Self.three + milliseconds)
        #expect(Instant(sqlText: "2026-11-20 03:00:00\(fraction)")?.milliseconds == Self.three + milliseconds)
    }

    @Test(
        "A text without a zone names no instant",
        arguments: [
            "2026-11-20T03:00:00", "2026-11-20T03:00", "2026-11-20 03:00:00.000", "2026-11-20", "2026-11-20T03",
        ])
    func noZone(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        "A day that does not exist names no instant",
        arguments: [
            "2025-02-29", "2100-02-29", "2026-02-30", "2026-04-31", "2026-11-00", "2026-11-32", "2026-00-20",
            "2026-13-20",
        ])
    func noSuchDay(day: String) {
        #expect(Instant(iso8601: "\(day)T03:00:00Z") == nil)
        #expect(Instant(sqlText: "\(day) 03:00:00") == nil)
    }

    @Test(
        "A time of day that does not exist names no instant",
        arguments: ["24:00:00", "25:00:00", "03:60:00", "03:00:60", "23:59:60", "99:99:99"])
    func noSuchTime(time: String) {
        #expect(Instant(iso8601: "2026-11-20T\(time)Z") == nil)
        #expect(Instant(sqlText: "2026-11-20 \(time)") == nil)
    }

    @Test(
        "Anything else names no instant",
        arguments: [
            "", "Z", "now", "2026", "1795143600", "20261120T030000Z", "2026-11-20T03:00:00X", "2026-11-20T03:00:00 Z",
            " 2026-11-20T03:00:00Z", "2026-11-20T03:00:00Z ", "2026-11-20T03:00:00ZZ", "2026-11-20T03:00:00.Z",
            "2026-11-20T03:00:00.1234567890Z", "2026-11-20T03:00:00,5Z", "2026-11-20T03:00:00+24:00",
            "2026-11-20T03:00:00+03:60", "2026-11-20T03:00:00+3", "2026-11-20T03:00:00+03:0",
            "2026-11-20T03:00:00+03:00Z", "2026-11-20T03:00:00 UTC", "2026-11-20T03:00:00[Europe/Berlin]",
            "2026-1-20T03:00:00Z", "26-11-20T03:00:00Z", "+2026-11-20T03:00:00Z", "-2026-11-20T03:00:00Z",
            "2026/11/20T03:00:00Z", "2026-11-20T3:00:00Z", "2026-11-20T03.00.00Z", "2026-11-20T+3:00:00Z",
            "٢٠٢٦-١١-٢٠T٠٣:٠٠:٠٠Z", "2026-11-20T03:00:00.٥Z", "2026-11-20T03:00:00.5\u{301}Z",
        ])
    func nonsense(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test("The epoch is the first instant that can be given")
    func first() {
        #expect(Instant(iso8601: "1970-01-01T00:00:00Z") == Instant(milliseconds: 0))
        #expect(Instant(iso8601: "1970-01-01T02:00:00+02:00") == Instant(milliseconds: 0))
        #expect(Instant(iso8601: "1969-12-31T23:59:59.999Z") == nil)
        #expect(Instant(iso8601: "1970-01-01T00:00:00+00:01") == nil)
        #expect(Instant.supported.lowerBound == Instant(milliseconds: 0))
    }

    @Test("The last instant that can be given has four-digit years in every zone")
    func last() throws {
        let last = Instant.supported.upperBound
        #expect(Instant(iso8601: last.iso8601) == last)
        #expect(Instant(iso8601: last.advanced(byMilliseconds: 1).iso8601) == nil)
        #expect(try #require(Zone(identifier: "Pacific/Kiritimati")).date(at: last).year <= 9999)
    }
}
