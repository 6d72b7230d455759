import Foundation

extension Zone {
    /// The names that ``init(identifier:)`` takes, in order: `Europe/Moscow`, `UTC`.
    package static var allIdentifiers: [String] {
        let known = TimeZone.knownTimeZoneIdentifiers.filter { Zone(identifier: $0) != nil }
        return Set(known).union(["UTC"]).sorted()
    }
}
