/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z (<doc:BookRules#Creation-time>).
///
/// An integer, not a floating-point number: the same instant has the same text on both engines.
package struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since the Unix epoch, leap seconds not counted.
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instants that are accepted from people and files: from the epoch to the end of the year 9998, so that every zone's
    /// local year has four digits.
    package static let supported = Instant(milliseconds: 0)...Instant(milliseconds: 253_370_764_799_999)

    /// The instants that a date of four digits can name: what databases store.
    package static let stored = Instant(milliseconds: -62_167_219_200_000)...Instant(milliseconds: 253_402_300_799_999)

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant `milliseconds` later (earlier when negative), or the last or first one that 64 bits can count.
    package func advanced(byMilliseconds milliseconds: Int64) -> Instant {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        return Instant(milliseconds: overflow ? (milliseconds > 0 ? .max : .min) : sum)
    }

    /// `2026-11-20T03:00:00.000Z`: what JSON and messages show.
    package var iso8601: String { text(separator: "T") + "Z" }

    /// `2026-11-20 03:00:00.000`, UTC: what both engines store and compare.
    package var sqlText: String { text(separator: " ") }

    /// `2026-11-20 03:00:00 UTC`: what tables for people show.
    package var readable: String { String(text(separator: " ").dropLast(4)) + " UTC" }

    private func text(separator: String) -> String {
        let (days, inDay) = milliseconds.dividedFloor(by: 86_400_000)
        let seconds = inDay / 1000
        return CivilDate(daysSinceEpoch: days).description + separator
            + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
            + "." + padded(inDay % 1000, 3)
    }
}

extension Instant {
    /// Reads ISO 8601 with `Z` or an offset (`2026-11-20T03:00:00Z`, `2026-11-20T03:00:00.250+03:00`).
    ///
    /// Nil for anything else, for a day or hour that does not exist, and for a text without a zone: a local time
    /// names no instant.
    package init?(iso8601 text: String) {
        guard let parts = InstantText(text), let offset = parts.offsetMinutes else { return nil }
        self.init(milliseconds: parts.localMilliseconds - Int64(offset) * 60_000)
        guard Instant.supported.contains(self) else { return nil }
    }

    /// Reads what a database hands out for a date and time: `2026-11-20 03:00:00`, with or without a fraction; UTC where it names
    /// no offset. A host's library may store a local time with its offset into a SQLite file (`2026-11-20 06:00:00.123456+03:00`).
    ///
    /// Nil for anything else, also for a time in a year that does not have four digits.
    package init?(sqlText text: String) {
        guard let parts = InstantText(text) else { return nil }
        self.init(milliseconds: parts.localMilliseconds - Int64(parts.offsetMinutes ?? 0) * 60_000)
        guard Instant.stored.contains(self) else { return nil }
    }
}

/// The parsed parts of a date and time text.
private struct InstantText {
    var localMilliseconds: Int64
    /// Minutes east of UTC; nil when the text names no zone.
    var offsetMinutes: Int?

    init?(_ text: String) {
        var rest = Substring(text)
        guard let year = rest.takeDigits(4), rest.take("-"), let month = rest.takeDigits(2), rest.take("-"),
            let day = rest.takeDigits(2), let date = CivilDate(validYear: year, month: month, day: day),
            rest.take("T") || rest.take(" "),
            let hour = rest.takeDigits(2), hour < 24, rest.take(":"), let minute = rest.takeDigits(2), minute < 60
        else { return nil }
        var second = 0
        var millisecond = 0
        if rest.take(":") {
            guard let seconds = rest.takeDigits(2), seconds < 60 else { return nil }
            second = seconds
            if rest.take(".") {
                let fraction = rest.prefix { $0.isASCII && $0.isNumber }
                guard (1...9).contains(fraction.count), let digits = Int(fraction.padded(to: 3)) else { return nil }
                millisecond = digits
                rest = rest.dropFirst(fraction.count)
            }
        }
        if rest.isEmpty {
            offsetMinutes = nil
        } else if rest == "Z" || rest == "z" {
            offsetMinutes = 0
        } else {
            let sign = rest.take("+") ? 1 : rest.take("-") ? -1 : 0
            guard sign != 0, let hours = rest.takeDigits(2), hours < 24 else { return nil }
            _ = rest.take(":")
            guard let minutes = rest.takeDigits(2), minutes < 60, rest.isEmpty else { return nil }
            offsetMinutes = sign * (hours * 60 + minutes)
        }
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        localMilliseconds = date.daysSinceEpoch * 86_400_000 + seconds * 1000 + Int64(millisecond)
    }
}

extension Substring {
    fileprivate mutating func take(_ character: Character) -> Bool {
        guard first == character else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeDigits(_ count: Int) -> Int? {
        let digits = prefix(count)
        guard digits.count == count, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        removeFirst(count)
        return Int(digits)
    }

    /// The first `count` digits, filled with zeros on the right: a fraction cut to milliseconds.
    fileprivate func padded(to count: Int) -> String {
        String(prefix(count)) + String(repeating: "0", count: Swift.max(0, count - self.count))
    }
}
