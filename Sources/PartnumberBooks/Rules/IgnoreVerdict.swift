package import ErrorModel

/// Which rules leave nothing of a catalogue.
package struct IgnoreVerdict: Sendable, Hashable {
    /// As they are written in the seen table, trimmed.
    let patterns: [String]
    /// The one pattern leaves nothing of the catalogue by itself.
    let isAlone: Bool
    /// There are further patterns.
    let hasMore: Bool
    /// Rows ignored by part numbers that are listed literally.
    let literals: Int

    /// As a sentence without its full stop.
    package var text: DisplayText {
        let table = "qt_vendor_partnumber_seen"
        let all = patterns.map { "'\($0)'" }.joined(separator: ", ")
        let quoted: DisplayText = hasMore ? "\(all) and others" : DisplayText(all)
        if isAlone { return "The pattern \(quoted) in \(table) leaves nothing of lot_partnumbers: is that meant so?" }
        if patterns.isEmpty {
            return
                "What is ignored of lot_partnumbers is written out in \(table), part number by part number: is that meant so?"
        }
        let literals: DisplayText = literals > 0 ? ", and part numbers that are written out there," : ""
        return
            "The \(patterns.count.noun("pattern")) \(quoted) in \(table)\(literals) leave nothing of lot_partnumbers: is that "
            + "meant so?"
    }
}
