package import Chronology

/// The name of a book, `PNBOOK-YYYY-MM-DD-NNN` (<doc:BookRules#Version>).
package struct BookVersion: Hashable, Sendable, CustomStringConvertible {
    package let date: CivilDate
    /// From 1; written with three digits, and with more from 1000 on.
    package let number: Int

    package init(date: CivilDate, number: Int) {
        self.date = date
        self.number = number
    }

    package var description: String {
        Self.prefix(of: date) + padded(number, 3)
    }

    /// `PNBOOK-2026-11-20-`.
    package static func prefix(of date: CivilDate) -> String {
        "PNBOOK-\(date)-"
    }

    /// The largest number: a version holds 30 characters, from migration 027 on (<doc:Tables#Limits>).
    package static let lastNumber = 999_999_999_999

    /// The number of a version of `date`; nil for a text of another form, which another program has written: one with
    /// characters other than digits, or with more digits than a version can hold.
    static func number(of version: String, on date: CivilDate) -> Int? {
        guard version.hasPrefix(prefix(of: date)) else { return nil }
        let digits = version.utf8.dropFirst(prefix(of: date).utf8.count)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        return number <= lastNumber ? number : nil
    }

    /// The date that a version names; nil for a version of another form.
    static func date(of version: String) -> CivilDate? {
        let parts = version.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "PNBOOK",
            let year = Int(parts[1]), let month = Int(parts[2]), let day = Int(parts[3]),
            let date = CivilDate(validYear: year, month: month, day: day), version.hasPrefix(prefix(of: date))
        else { return nil }
        return date
    }

    /// The number after the highest that `versions` of `date` have; never more than ``lastNumber``.
    ///
    /// By number, not by text, where `999` would come after `1000`.
    package static func next(on date: CivilDate, after versions: [String]) -> BookVersion {
        let highest = versions.compactMap { number(of: $0, on: date) }.max() ?? 0
        return BookVersion(date: date, number: min(highest + 1, lastNumber))
    }
}
