package import ErrorModel

/// Why a book is kept.
package enum KeepReason: Hashable, Sendable, CustomStringConvertible {
    /// It is the active book.
    case active
    /// This run has just made it.
    case justMade
    /// It was active before the active book.
    case previous
    /// A user keeps it for good, with a note why.
    case pinned(String)
    /// It is dated more than five minutes after now.
    case future
    /// It represents a bucket; `ordinal` counts the tier's buckets from the newest, from 1.
    case represents(Tier, ordinal: Int, bucket: String)

    /// In English, as programs read it.
    package var description: String { text.string }

    package var text: DisplayText {
        switch self {
        case .active: "active"
        case .justMade: "made by this run"
        case .previous: "previous"
        case .pinned(let note): "pinned: \(note)"
        case .future: "dated in the future"
        case .represents(let tier, let ordinal, let bucket): "\(tier.text) \(ordinal) \(bucket)"
        }
    }
}
