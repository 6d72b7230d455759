/// Why one tier does not keep a book.
package enum RemovalReason: Hashable, Sendable, CustomStringConvertible {
    /// A newer book represents the same bucket.
    case represented(Tier, bucket: String, by: Int64)
    /// The tier had all its buckets before it came to this one.
    case overLimit(Tier, bucket: String, limit: Int)

    package var description: String {
        switch self {
        case .represented(let tier, let bucket, let id):
            "\(tier.bucketNoun) \(bucket) is represented by \(id)"
        case .overLimit(let tier, let bucket, let limit):
            "\(tier.bucketNoun) \(bucket) is older than the "
                + (limit == 1 ? "one \(tier.bucketNoun) kept" : "\(limit) \(tier.bucketNoun)s kept")
        }
    }
}
