/// Which rules leave nothing of a catalogue.
package struct IgnoreVerdict: Sendable, Hashable, CustomStringConvertible {
    /// As they are written in the seen table, trimmed.
    let patterns: [String]
    /// The one pattern leaves nothing of the catalogue by itself.
    let isAlone: Bool
    /// There are further patterns.
    let hasMore: Bool
    /// Rows ignored by part numbers that are written out.
    let literals: Int

    package var description: String {
        let table = "qt_vendor_partnumber_seen"
        let quoted = patterns.map { "'\($0)'" }.joined(separator: ", ") + (hasMore ? " and others" : "")
        if isAlone { return "The pattern \(quoted) in \(table) leaves nothing of the catalogue: is it meant so?" }
        if patterns.isEmpty {
            return "Each of the ignored part numbers is written out in \(table) with is_ignored: is it meant so?"
        }
        let rest = literals > 0 ? " and part numbers that are written out" : ""
        return
            "The \(patterns.count == 1 ? "pattern" : "patterns") \(quoted)\(rest) in \(table) ignore them: is it meant so?"
    }
}
