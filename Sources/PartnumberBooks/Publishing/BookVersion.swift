package import Chronology

/// The name of a book, `PNBOOK-YYYY-MM-DD-NNN` (CONTRACT 3, *Version*).
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

    /// The number after the highest that `versions` of `date` have.
    ///
    /// By number, not by text, where `999` would come after `1000`. Texts of other forms are somebody else's.
    package static func next(on date: CivilDate, after versions: [String]) -> BookVersion {
        let prefix = prefix(of: date)
        let numbers = versions.filter { $0.hasPrefix(prefix) }.compactMap { Int($0.dropFirst(prefix.count)) }
        return BookVersion(date: date, number: (numbers.max() ?? 0) + 1)
    }
}
