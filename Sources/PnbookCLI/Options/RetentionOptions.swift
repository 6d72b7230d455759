import ArgumentParser
import Chronology
import ErrorModel
import Operations
import Retention

/// How many buckets each tier keeps, in place of the standard.
struct RetentionOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Keep the last book of this many days. (default: 7)", valueName: "n"))
    var keepDaily: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Keep the last book of this many ISO weeks. (default: 5)", valueName: "n"))
    var keepWeekly: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Keep the last book of this many months. (default: 12)", valueName: "n"))
    var keepMonthly: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Keep the last book of this many years. (default: 10)", valueName: "n"))
    var keepYearly: Int?

    /// The standard policy with the given counts in place of its own.
    ///
    /// - Throws: `UsageError` for a negative count, `RetentionPolicyError` for a policy of zeros.
    func policy(zone: Zone) throws -> RetentionPolicy {
        let standard = RetentionPolicy.standard(zone: zone)
        let given: [(Tier, Int?)] = [
            (.daily, keepDaily), (.weekly, keepWeekly), (.monthly, keepMonthly), (.yearly, keepYearly),
        ]
        for case (let tier, let count?) in given where count < 0 {
            throw UsageError("--keep-\(tier.rawValue) \(count) is negative; give zero or more")
        }
        return try RetentionPolicy(
            daily: keepDaily ?? standard.daily, weekly: keepWeekly ?? standard.weekly,
            monthly: keepMonthly ?? standard.monthly, yearly: keepYearly ?? standard.yearly, zone: zone)
    }
}

extension RetentionPolicy {
    /// `7 daily, 5 weekly, 12 monthly, 10 yearly`.
    var text: DisplayText {
        Tier.allCases.map { "\(count(of: $0)) \($0.text)" as DisplayText }.joined(separator: ", ")
    }
}
