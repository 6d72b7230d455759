import Chronology
import ErrorModel
import Operations
import Retention

/// Simulated books: one every so many days, for years.
struct SimulatedNights {
    let years: Int
    let cadence: Cadence

    /// - Throws: `UsageError`.
    init(years: Int?, every: String?) throws {
        let range = 1...100
        self.years = years ?? 10
        guard range.contains(self.years) else {
            throw UsageError("--years \(self.years) is not between 1 and 100")
        }
        guard let days = Self.days(every ?? "1d") else {
            throw UsageError(
                "--every '\(every ?? "")' is not a number of days or weeks; write one such as 1d, 7d or 2w")
        }
        cadence = Cadence(days: days)
    }

    func books(_ context: RunContext) -> [RetentionCandidate] {
        cadence.books(years: years, endingAt: context.now, in: context.zone)
    }

    /// `1d`, `7d`, `2w` in days; at most a hundred years.
    private static func days(_ text: String) -> Int? {
        let unit = text.last == "d" ? 1 : text.last == "w" ? 7 : 0
        let digits = text.dropLast()
        guard unit > 0, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
            (1...36_525 / unit).contains(number)
        else { return nil }
        return number * unit
    }
}
