package import ErrorModel

/// Why one tier does not keep a book.
package enum RemovalReason: Hashable, Sendable, CustomStringConvertible {
    /// A newer book represents the same bucket.
    case represented(Tier, bucket: String, by: Int64)
    /// The tier had all its buckets before it came to this one.
    case overLimit(Tier, bucket: String, limit: Int)

    /// In English, as programs read it.
    package var description: String { text.string }

    package var text: DisplayText {
        switch self {
        case .represented(let tier, let bucket, let id):
            "\(tier.bucketNoun) \(bucket) is represented by \(id)"
        case .overLimit(let tier, let bucket, 1):
            "\(tier.bucketNoun) \(bucket) is older than the one \(tier.bucketNoun) kept"
        case .overLimit(let tier, let bucket, let limit):
            "\(tier.bucketNoun) \(bucket) is older than the \(limit) \(tier.bucketNoun)s kept"
        }
    }
}
