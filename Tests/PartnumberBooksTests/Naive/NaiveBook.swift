import Crypto
import Harness

/// A book made by the rules in the most obvious way: slowly, and with nothing shared with the program under test.
struct NaiveBook: Sendable {
    /// What a catalogue comes to: a book, perhaps without items, or the cycles that its rows reach.
    enum Outcome: Sendable {
        case book(NaiveBook)
        /// The keys of each cycle in the order of its walk; it may begin at any of them.
        case cycle(reachable: [[String]])
    }

    /// The rows left out, by reason.
    struct Excluded: Sendable, Equatable {
        var emptyPartnumber = 0
        var emptyLot = 0
        var ignored = 0
        var emptyBundle = 0
    }

    var items: [NaiveItem] = []
    var digest = ""
    var sourceRows = 0
    var bundles = 0
    var ignoreRules = 0
    var excluded = Excluded()
    var expandedRows = 0
    var mergedDuplicates = 0
    var quantitiesDropped = 0
    var conflictCount = 0
    var conflictSample: [String] = []
    var partnumbers = 0
    var hasUnreachedCycle = false

    private typealias Mapping = CatalogueModel.Mapping

    /// A row that is in the book, with the LOTs it comes down to.
    private struct IncludedRow {
        var mapping: CatalogueModel.Mapping
        var lots: [String]
    }

    /// The literals and the globs of the ignore rules (<doc:BookRules#Rule-4-ignored-part-numbers>).
    private struct IgnoreRules {
        var literals: [String]
        var globs: [String]

        init(_ seen: [CatalogueModel.Seen]) {
            let rules = seen.filter { $0.isIgnored && !NaiveText.isBlank($0.partnumber) }
            literals = NaiveText.distinctKeys(rules.filter { !$0.isPattern }.map { NaiveText.key($0.partnumber) })
            globs = NaiveText.distinctKeys(rules.filter(\.isPattern).map { NaiveText.key($0.partnumber) })
        }

        func ignore(_ partnumber: String) -> Bool {
            let key = NaiveText.key(partnumber)
            return literals.contains(key) || globs.contains { NaiveGlob(key: $0).matches(key) }
        }
    }

    static func build(_ catalogue: CatalogueModel) -> Outcome {
        let bundles = NaiveBundles(catalogue)
        let rules = IgnoreRules(catalogue.seen)
        var book = NaiveBook()
        book.sourceRows = catalogue.mappings.count
        book.bundles = bundles.keys.count
        book.ignoreRules = rules.literals.count + rules.globs.count

        let candidates = book.candidates(among: catalogue.mappings, rules)
        let opened = candidates.map { NaiveText.key($0.lot ?? "") }.filter(bundles.isBundle)
        let reached = bundles.cycles(reachedFrom: opened)
        guard reached.isEmpty else {
            return .cycle(reachable: reached)
        }
        book.hasUnreachedCycle = !bundles.cycles(reachedFrom: bundles.keys).isEmpty

        let rows = book.rows(from: candidates, bundles)
        book.merge(rows)
        book.findConflicts(rows)
        book.partnumbers = NaiveText.distinctTexts(book.items.map(\.partnumber)).count
        book.digest = digest(of: book.items)
        return .book(book)
    }

    /// The rows with a PN and a LOT that no rule ignores (<doc:BookRules#Rule-2-empty-part-numbers> to
    /// <doc:BookRules#Rule-4-ignored-part-numbers>).
    private mutating func candidates(among mappings: [Mapping], _ rules: IgnoreRules) -> [Mapping] {
        var result: [Mapping] = []
        for mapping in mappings {
            if NaiveText.isBlank(mapping.partnumber) {
                excluded.emptyPartnumber += 1
            } else if NaiveText.isBlank(mapping.lot ?? "") {
                excluded.emptyLot += 1
            } else if rules.ignore(mapping.partnumber) {
                excluded.ignored += 1
            } else {
                result.append(mapping)
            }
        }
        return result
    }

    /// The rows that come down to a LOT, each with all of its LOTs (<doc:BookRules#Rule-5-bundles>,
    /// <doc:BookRules#Rule-7-empty-bundles>, <doc:BookRules#Rule-10-quantities>).
    private mutating func rows(from candidates: [Mapping], _ bundles: NaiveBundles) -> [IncludedRow] {
        var result: [IncludedRow] = []
        for mapping in candidates {
            let lot = NaiveText.trimmed(mapping.lot ?? "")
            let key = NaiveText.key(lot)
            guard bundles.isBundle(key) else {
                result.append(IncludedRow(mapping: mapping, lots: [lot]))
                continue
            }
            let lots = bundles.lots(of: key)
            guard !lots.isEmpty else {
                excluded.emptyBundle += 1
                continue
            }
            expandedRows += 1
            if bundles.hasQuantities(key) {
                quantitiesDropped += 1
            }
            result.append(IncludedRow(mapping: mapping, lots: lots))
        }
        return result
    }

    /// <doc:BookRules#Rule-8-merging>, <doc:BookRules#Rule-9-order>: rows in the order in which their descriptions win, then one item for each PN and LOT.
    private mutating func merge(_ rows: [IncludedRow]) {
        let inOrder = rows.sorted { left, right in
            if NaiveText.sameBytes(left.mapping.vendor, right.mapping.vendor) {
                return NaiveText.precedes(left.mapping.partnumber, right.mapping.partnumber)
            }
            return NaiveText.precedes(left.mapping.vendor, right.mapping.vendor)
        }
        for row in inOrder {
            for lot in row.lots {
                let item = NaiveItem(
                    partnumber: NaiveText.trimmed(row.mapping.partnumber),
                    lot: lot,
                    isPrimary: row.mapping.isPrimary,
                    description: NaiveText.isBlank(row.mapping.description ?? "") ? nil : row.mapping.description)
                guard let same = items.firstIndex(where: { $0.isDuplicate(of: item) }) else {
                    items.append(item)
                    continue
                }
                mergedDuplicates += 1
                items[same].isPrimary = items[same].isPrimary || item.isPrimary
                items[same].description = items[same].description ?? item.description
            }
        }
        items.sort { $0.precedes($1) }
    }

    /// <doc:BookRules#Rule-11-conflicts>: the PNs whose rows differ in their sets of LOTs.
    private mutating func findConflicts(_ rows: [IncludedRow]) {
        let names = rows.map { NaiveText.trimmed($0.mapping.partnumber) }
        let sets = rows.map { Set($0.lots.map(NaiveText.bytes)) }
        var conflicts: [String] = []
        for left in rows.indices {
            for right in rows.indices where NaiveText.sameBytes(names[left], names[right]) {
                if sets[left] != sets[right] {
                    conflicts.append(names[left])
                }
            }
        }
        conflicts = NaiveText.distinctTexts(conflicts)
        conflictCount = conflicts.count
        conflictSample = Array(conflicts.prefix(20))
    }

    /// The digest of items that are in a book's order (<doc:BookRules#Rule-9-order>).
    private static func digest(of items: [NaiveItem]) -> String {
        let digits = Array("0123456789abcdef")
        let hash = SHA256.hash(data: items.flatMap(\.digestBytes))
        return "sha256:" + String(hash.flatMap { [digits[Int($0 / 16)], digits[Int($0 % 16)]] })
    }
}
