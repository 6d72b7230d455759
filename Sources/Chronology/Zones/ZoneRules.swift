/// When a zone has which offset: the changes that are listed, and the rule for every year after the last of them.
struct ZoneRules: Sendable {
    /// A change of the clock.
    struct Change: Sendable, Equatable {
        /// Seconds since 1970, in UTC.
        var second: Int64
        /// Seconds east of UTC, from then on.
        var offset: Int64
    }

    /// Seconds east of UTC before the first change.
    var initialOffset: Int64
    /// In order.
    var changes: [Change]
    /// For every moment after the last change; nil where its offset stays.
    var yearly: YearlyZoneRule?

    /// Seconds east of UTC at a moment, in seconds since 1970.
    func offset(at second: Int64) -> Int64 {
        guard let last = changes.last, second >= changes[0].second else {
            return changes.isEmpty ? yearly?.offset(at: second) ?? initialOffset : initialOffset
        }
        if second >= last.second { return yearly?.offset(at: second) ?? last.offset }
        // The last one that is not after it.
        var (low, high) = (0, changes.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if changes[middle].second <= second { low = middle } else { high = middle }
        }
        return changes[low].offset
    }
}
