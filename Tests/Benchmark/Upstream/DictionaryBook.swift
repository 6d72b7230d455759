import Database

/// A book as a plain program makes it: everything in dictionaries in memory.
///
/// It knows the rules of a book as far as the made-up catalogue needs them: that one has no cycles and no two texts that
/// only Unicode tells apart. What it costs is a line of the table, so it is written for speed; the tests' naive book, which
/// is written to be obviously right and takes quadratic time, cannot stand in for it.
struct DictionaryBook {
    struct Item {
        var partnumber: String
        var lot: String
        var isPrimary: Bool
        var description: String?
        var vendor: String
    }

    private struct Pair: Hashable {
        let partnumber: String
        let lot: String
    }

    private var ignored: Set<String> = []
    private var patterns: [[Character]] = []
    private var components: [String: [String]] = [:]
    private var merged: [Pair: Item] = [:]

    /// Reads the whole catalogue.
    init(reading connection: any Connection) throws {
        try connection.forEachRow(
            "SELECT partnumber, is_pattern FROM qt_vendor_partnumber_seen WHERE is_ignored = 1"
        ) { row in
            let key = (row.text(0) ?? "").lowercased()
            if row.integer(1) == 1 { patterns.append(Array(key)) } else { ignored.insert(key) }
        }
        try connection.forEachRow("SELECT bundle_lot_name, lot_name FROM qt_lot_bundle_items") { row in
            components[(row.text(0) ?? "").lowercased(), default: []].append(row.text(1) ?? "")
        }
        try connection.forEachRow(
            "SELECT vendor, partnumber, lot_name, description, is_primary_pn FROM lot_partnumbers"
        ) { row in
            guard let lot = row.text(2)?.trimmed, !lot.isEmpty else { return }
            let partnumber = (row.text(1) ?? "").trimmed
            if partnumber.isEmpty || isIgnored(partnumber.lowercased()) { return }
            var item = Item(
                partnumber: partnumber, lot: lot, isPrimary: row.integer(4) == 1, description: row.text(3),
                vendor: row.text(0) ?? "")
            for lot in expanded(lot) {
                item.lot = lot
                merge(item)
            }
        }
    }

    private func isIgnored(_ key: String) -> Bool {
        if ignored.contains(key) { return true }
        if patterns.isEmpty { return false }
        let text = Array(key)
        return patterns.contains { Self.matches($0[...], text[...]) }
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return matches(pattern.dropFirst(), text) || (!text.isEmpty && matches(pattern, text.dropFirst()))
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }

    private func expanded(_ lot: String) -> [String] {
        guard let parts = components[lot.lowercased()] else { return [lot] }
        return parts.flatMap(expanded)
    }

    private mutating func merge(_ item: Item) {
        let pair = Pair(partnumber: item.partnumber, lot: item.lot)
        guard var known = merged[pair] else {
            merged[pair] = item
            return
        }
        known.isPrimary = known.isPrimary || item.isPrimary
        if let description = item.description, known.description == nil || item.vendor < known.vendor {
            known.description = description
            known.vendor = item.vendor
        }
        merged[pair] = known
    }

    /// The items in the book's order.
    var items: [Item] {
        merged.values.sorted { ($0.partnumber, $0.lot) < ($1.partnumber, $1.lot) }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
