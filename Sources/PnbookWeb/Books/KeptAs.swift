import Operations
import Retention

/// One reason to keep a book, in its parts, so that the page says it in its own language.
struct KeptAs: Encodable {
    /// `active`, `made_by_this_run`, `previous`, `pinned`, `future`, or a tier: `daily`, `weekly`, `monthly`, `yearly`.
    let reason: String
    /// Of the tier's buckets, from the newest, from 1.
    @ExplicitNull var ordinal: Int?
    /// `2026-11-20`, `2026-W47`, `2026-11` or `2026`.
    @ExplicitNull var bucket: String?

    init(_ reason: KeepReason) {
        switch reason {
        case .active: self.reason = "active"
        case .justMade: self.reason = "made_by_this_run"
        case .previous: self.reason = "previous"
        case .pinned: self.reason = "pinned"
        case .future: self.reason = "future"
        case .represents(let tier, let ordinal, let bucket):
            self.reason = tier.rawValue
            self.ordinal = ordinal
            self.bucket = bucket
        }
    }
}
