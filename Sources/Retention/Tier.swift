package import Chronology
package import ErrorModel

/// One generation of grandfather-father-son retention.
package enum Tier: String, CaseIterable, Sendable {
    case daily
    case weekly
    case monthly
    case yearly

    /// What a bucket of this tier is called: `day`, `week`, `month`, `year`.
    package var bucketNoun: DisplayText {
        switch self {
        case .daily: "day"
        case .weekly: "week"
        case .monthly: "month"
        case .yearly: "year"
        }
    }

    /// Its name, for people.
    package var text: DisplayText {
        switch self {
        case .daily: "daily"
        case .weekly: "weekly"
        case .monthly: "monthly"
        case .yearly: "yearly"
        }
    }

    /// The bucket that `date` falls into: `2026-11-20`, `2026-W47` (ISO), `2026-11`, `2026`.
    ///
    /// Years have four digits, so that buckets of one tier sort as text.
    package func bucket(of date: CivilDate) -> String {
        switch self {
        case .daily: date.description
        case .weekly: date.isoWeek
        case .monthly: date.yearAndMonth
        case .yearly: padded(date.year, 4)
        }
    }

    /// The bucket's number: the same for the same bucket, and greater for a later one.
    func number(of date: CivilDate) -> Int {
        switch self {
        case .daily: Int(date.daysSinceEpoch)
        // The day before its Monday.
        case .weekly: Int(date.daysSinceEpoch) - date.weekday
        case .monthly: date.year * 12 + date.month
        case .yearly: date.year
        }
    }
}
