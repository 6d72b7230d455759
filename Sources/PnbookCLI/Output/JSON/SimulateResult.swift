import Chronology
import Operations
import Retention

/// The result of `simulate`.
struct SimulateResult: CommandResult {
    struct Policy: Encodable {
        let daily: Int
        let weekly: Int
        let monthly: Int
        let yearly: Int
    }

    struct Assumption: Encodable {
        let years: Int
        let everyDays: Int
    }

    struct Decision: Encodable {
        let id: Int64
        let createdAt: Instant
        let isActive: Bool
        let isPrevious: Bool
        /// The note; null for a book that is not pinned.
        @ExplicitNull var pinned: String?
        let reasons: [String]

        init(_ book: RetentionCandidate, _ reasons: [String]) {
            id = book.id
            createdAt = book.createdAt
            isActive = book.isActive
            isPrevious = book.isPrevious
            self.reasons = reasons
            pinned = book.pinNote
        }
    }

    let now: Instant
    let timezone: String
    let policy: Policy
    /// Null for given books.
    @ExplicitNull var simulated: Assumption?
    let kept: [Decision]
    let removed: [Decision]

    let plan: RetentionPlan
    let nights: SimulatedNights?
    let drawsCalendar: Bool
    let policyInForce: RetentionPolicy

    private enum CodingKeys: CodingKey {
        case now, timezone, policy, simulated, kept, removed
    }

    init(
        _ plan: RetentionPlan, _ policy: RetentionPolicy, _ nights: SimulatedNights?, now: Instant, drawsCalendar: Bool
    ) {
        self.plan = plan
        self.nights = nights
        self.drawsCalendar = drawsCalendar
        policyInForce = policy
        self.now = now
        timezone = policy.zone.identifier
        self.policy = Policy(
            daily: policy.daily, weekly: policy.weekly, monthly: policy.monthly, yearly: policy.yearly)
        kept = plan.kept.map { Decision($0.book, $0.reasons.map(\.description)) }
        removed = plan.removed.map { Decision($0.book, $0.reasons.map(\.description)) }
        simulated = nights.map { Assumption(years: $0.years, everyDays: $0.cadence.days) }
    }
}
