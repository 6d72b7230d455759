package import Chronology

/// How many buckets each tier keeps, and the zone whose calendar divides time into them (<doc:Counting>).
package struct RetentionPolicy: Hashable, Sendable {
    package let daily: Int
    package let weekly: Int
    package let monthly: Int
    package let yearly: Int
    package let zone: Zone

    /// Counts of buckets; zero disables a tier.
    ///
    /// - Throws: ``RetentionPolicyError`` for a negative count, and where every tier is off: such a policy would
    ///   remove all but the active book.
    package init(daily: Int, weekly: Int, monthly: Int, yearly: Int, zone: Zone) throws(RetentionPolicyError) {
        for (tier, count) in zip(Tier.allCases, [daily, weekly, monthly, yearly]) where count < 0 {
            throw .negative(tier, count)
        }
        guard max(daily, weekly, monthly, yearly) > 0 else { throw .keepsNothing }
        self.init(unchecked: daily, weekly, monthly, yearly, zone)
    }

    private init(unchecked daily: Int, _ weekly: Int, _ monthly: Int, _ yearly: Int, _ zone: Zone) {
        self.daily = daily
        self.weekly = weekly
        self.monthly = monthly
        self.yearly = yearly
        self.zone = zone
    }

    /// 7 daily, 5 weekly, 12 monthly, 10 yearly.
    package static func standard(zone: Zone) -> RetentionPolicy {
        RetentionPolicy(unchecked: 7, 5, 12, 10, zone)
    }

    /// How many buckets `tier` keeps.
    package func count(of tier: Tier) -> Int {
        switch tier {
        case .daily: daily
        case .weekly: weekly
        case .monthly: monthly
        case .yearly: yearly
        }
    }

    /// The most books an automatic run may remove: one for each enabled tier, and one more (<doc:Counting#Limits>).
    ///
    /// A nightly run adds one book, so no tier loses more than one; a plan that removes more comes of a changed
    /// policy, zone or clock, and a person must look at it first.
    package var automaticRemovalLimit: Int {
        Tier.allCases.count { count(of: $0) > 0 } + 1
    }
}
