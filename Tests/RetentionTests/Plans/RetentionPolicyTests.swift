import Chronology
import ErrorModel
import Retention
import Testing

@Suite("The retention policy")
struct RetentionPolicyTests {
    @Test("The standard is 7 daily, 5 weekly, 12 monthly and 10 yearly books")
    func standard() {
        let standard = RetentionPolicy.standard(zone: .utc)
        #expect(Tier.allCases.map(standard.count(of:)) == [7, 5, 12, 10])
        #expect(Tier.allCases.map(\.rawValue) == ["daily", "weekly", "monthly", "yearly"])
        #expect(standard.zone == .utc)
        #expect(RetentionPolicy.futureTolerance == 300_000)
    }

    @Test("The standard is what its counts spell out")
    func standardSpeltOut() throws {
        #expect(try policy(daily: 7, weekly: 5, monthly: 12, yearly: 10) == RetentionPolicy.standard(zone: .utc))
    }

    @Test("A policy of zeros is refused")
    func zeros() {
        let error = #expect(throws: RetentionPolicyError.keepsNothing) { try policy() }
        #expect(
            error?.description
                == "the retention policy keeps nothing (0 daily, 0 weekly, 0 monthly, 0 yearly)")
        #expect(error?.remedy == .text("Give at least one tier a count"))
    }

    @Test("A negative count is refused, by tier and number", arguments: Tier.allCases)
    func negative(tier: Tier) {
        func count(_ each: Tier) -> Int { each == tier ? -3 : 7 }
        let error = #expect(throws: RetentionPolicyError.negative(tier, -3)) {
            try policy(
                daily: count(.daily), weekly: count(.weekly), monthly: count(.monthly), yearly: count(.yearly))
        }
        #expect(error?.description == "the retention policy keeps -3 \(tier.rawValue) books")
        #expect(error?.remedy == .text("Give zero or more"))
    }

    @Test("Negative counts are named before the sum is looked at")
    func negativeBeforeZero() {
        #expect(throws: RetentionPolicyError.negative(.weekly, -7)) { try policy(daily: 7, weekly: -7) }
        #expect(throws: RetentionPolicyError.negative(.daily, -1)) { try policy(daily: -1) }
        #expect(throws: RetentionPolicyError.negative(.monthly, -1)) { try policy(monthly: -1, yearly: -2) }
    }

    @Test("One tier is enough", arguments: Tier.allCases)
    func oneTier(tier: Tier) throws {
        func count(_ each: Tier) -> Int { each == tier ? 1 : 0 }
        let one = try policy(
            daily: count(.daily), weekly: count(.weekly), monthly: count(.monthly), yearly: count(.yearly))
        #expect(Tier.allCases.filter { one.count(of: $0) == 1 } == [tier])
        #expect(Tier.allCases.filter { one.count(of: $0) == 0 }.count == 3)
        #expect(one.automaticRemovalLimit == 2)
    }

    @Test("An automatic run may remove one book for each tier that is on, and one more")
    func automaticRemovalLimit() throws {
        #expect(RetentionPolicy.standard(zone: .utc).automaticRemovalLimit == 5)
        #expect(try policy(daily: 7, weekly: 5, monthly: 12).automaticRemovalLimit == 4)
        #expect(try policy(daily: 700, yearly: 1).automaticRemovalLimit == 3)
    }

    @Test("A count may be as large as a number can be")
    func largest() throws {
        let all = try policy(daily: .max, weekly: .max, monthly: .max, yearly: .max)
        #expect(all.count(of: .yearly) == .max)
        #expect(all.automaticRemovalLimit == 5)
    }

    @Test("Buckets are named by the calendar")
    func bucketNames() throws {
        let date = try #require(CivilDate(validYear: 2027, month: 1, day: 3))
        #expect(Tier.allCases.map { $0.bucket(of: date) } == ["2027-01-03", "2026-W53", "2027-01", "2027"])
        #expect(Tier.allCases.map(\.bucketNoun) == ["day", "week", "month", "year"])
    }
}
