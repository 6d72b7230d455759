package import Chronology
package import ErrorModel

/// How often a new book is assumed to come, in whole days: the basis of a forecast.
///
/// Shorter than a day makes no difference that could be seen afterwards: of a day's books retention leaves the last.
package struct Cadence: Hashable, Sendable, CustomStringConvertible {
    /// From one book to the next; 1 or more.
    package let days: Int
    /// Where the number comes from.
    package let basis: Basis

    package enum Basis: Hashable, Sendable {
        /// Too little has been observed, or a user has chosen it.
        case assumed
        /// The median distance of this many of the newest days that have books.
        case newestDays(Int)
    }

    /// A book every `days` days; less than one counts as one.
    package init(days: Int, basis: Basis = .assumed) {
        self.days = max(1, days)
        self.basis = basis
    }

    /// A book every night.
    package static let nightly = Cadence(days: 1)

    /// The cadence of the newest of `books`: the median distance of their days.
    ///
    /// Looks at no more days than the daily tier of `policy` keeps: beyond them retention itself has made the gaps. With
    /// fewer than four days the books are assumed to come nightly. Books dated in the future are ignored.
    package init(of books: [RetentionCandidate], keptBy policy: RetentionPolicy, now: Instant) {
        let horizon = now.advanced(byMilliseconds: RetentionPolicy.futureTolerance)
        let days = Set(books.filter { $0.createdAt <= horizon }.map { policy.zone.date(at: $0.createdAt) })
            .sorted(by: >).prefix(min(policy.daily, Self.mostDays))
        guard days.count >= Self.fewestDays else {
            self = .nightly
            return
        }
        let gaps = zip(days, days.dropFirst()).map { Int($0.daysSinceEpoch - $1.daysSinceEpoch) }.sorted()
        // Of an even number the shorter of the two in the middle: the sooner forecast is the careful one.
        self.init(days: gaps[(gaps.count - 1) / 2], basis: .newestDays(days.count))
    }

    private static let fewestDays = 4
    private static let mostDays = 30

    /// `every day`, `every 7 days`.
    package var text: DisplayText { days == 1 ? "every day" : "every \(days) days" }

    package var description: String { text.string }

    /// The runs to come, without end: at the time of day of `last`, each `days` days after the one before, and later than
    /// `now`. A run on a day that the zone skips does not take place.
    package func runs(after last: Instant, now: Instant, in zone: Zone) -> some Sequence<Instant> {
        let overdue = zone.date(at: now).daysSinceEpoch - zone.date(at: last).daysSinceEpoch
        let first = max(1, Int(overdue) / days)
        return (first...).lazy.compactMap { zone.instant($0 * days, daysAfter: last) }.filter { $0 > now }
    }

    /// The books that this cadence makes in `years` years, the last of them at `now` and active, the one before it the previous one.
    ///
    /// - Returns: oldest first, with ids from 1.
    package func books(years: Int, endingAt now: Instant, in zone: Zone) -> [RetentionCandidate] {
        let today = zone.date(at: now)
        let span = Int(today.daysSinceEpoch - today.earlier(byYears: years).daysSinceEpoch)
        let nights = stride(from: 0, to: span, by: days).reversed().compactMap { zone.instant(-$0, daysAfter: now) }
        return nights.enumerated().map { index, night in
            RetentionCandidate(
                id: Int64(index + 1), createdAt: night, isActive: index == nights.count - 1,
                isPrevious: index == nights.count - 2)
        }
    }
}
