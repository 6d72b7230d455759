/// Which rules leave nothing of a catalogue.
package struct IgnoreVerdict: Sendable, Hashable, CustomStringConvertible {
    /// As they are written in the seen table, trimmed.
    let patterns: [String]
    /// The one pattern leaves nothing of the catalogue by itself.
    let isAlone: Bool
    /// There are further patterns.
    let hasMore: Bool
    /// Rows ignored by part numbers that are listed literally.
    let literals: Int

    package var description: String {
        let table = "qt_vendor_partnumber_seen"
        let quoted = patterns.map { "'\($0)'" }.joined(separator: ", ") + (hasMore ? " and others" : "")
        let question = "is that meant so?"
        if isAlone { return "The pattern \(quoted) in \(table) leaves nothing of lot_partnumbers: \(question)" }
        if patterns.isEmpty {
            return
                "What is ignored of lot_partnumbers is written out in \(table), part number by part number: \(question)"
        }
        let name = patterns.count == 1 ? "pattern" : "patterns"
        let literals = literals > 0 ? ", and part numbers that are written out there," : ""
        return "The \(name) \(quoted) in \(table)\(literals) leave nothing of lot_partnumbers: \(question)"
    }
}
