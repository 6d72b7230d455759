package import ErrorModel

/// Why a policy is refused.
package enum RetentionPolicyError: Diagnosable, Equatable {
    case negative(Tier, Int)
    case keepsNothing

    package var text: DisplayText {
        switch self {
        case .negative(let tier, let count):
            "the retention policy keeps \(count) \(tier.rawValue) books"
        case .keepsNothing:
            "the retention policy keeps nothing (0 daily, 0 weekly, 0 monthly, 0 yearly)"
        }
    }

    package var category: ErrorCategory { .badData }

    package var remedy: Remedy? {
        switch self {
        case .negative: .text("Give zero or more")
        case .keepsNothing: .text("Give at least one tier a count")
        }
    }
}
