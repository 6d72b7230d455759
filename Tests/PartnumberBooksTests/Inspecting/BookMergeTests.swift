import Harness
import Testing

@testable import PartnumberBooks

/// Books that share most of their items, in batches that end anywhere, against looking each part number up.
@Suite("Merging two books")
struct BookMergeTests {
    /// Hands items over as a book has them.
    private static func handOver(_ items: [NaiveItem], _ take: (BookItem) throws -> Void) rethrows {
        for item in items {
            try Array(item.partnumber.utf8).withUnsafeBytes { partnumber in
                try Array(item.lot.utf8).withUnsafeBytes { lot in
                    try Array((item.description ?? "").utf8).withUnsafeBytes { description in
                        try take(
                            BookItem(
                                partnumber: partnumber, lot: lot, isPrimary: item.isPrimary,
                                description: item.description == nil ? nil : description))
                    }
                }
            }
        }
    }

    private static func diff(_ before: [NaiveItem], _ after: [NaiveItem], limit: Int) throws -> BookDiff {
        let merge = BookMerge(from: try BookCursor { try handOver(before, $0) }, limit: limit)
        try handOver(after) { try merge.add($0) }
        return try merge.finish()
    }

    /// A book in order. One description in eight fills half a batch, and one in forty is larger than a batch.
    private static func book(_ random: inout SplitMix64) -> [NaiveItem] {
        (0..<Int.random(in: 0...40, using: &random)).flatMap { number -> [NaiveItem] in
            guard Int.random(in: 0..<4, using: &random) > 0 else { return [] }
            return (0..<Int.random(in: 1...4, using: &random)).map { lot in
                NaiveItem(
                    partnumber: "PN-\(number + 10)", lot: "LOT-\(lot)", isPrimary: Bool.random(using: &random),
                    description: description(&random))
            }
        }
    }

    private static func description(_ random: inout SplitMix64) -> String? {
        switch Int.random(in: 0..<40, using: &random) {
        case 0: String(repeating: "w", count: 70_000)
        case 1...5: String(repeating: "h", count: 32_000)
        case 6...15: nil
        case 16...20: ""
        default: "text"
        }
    }

    /// The same book with a few items gone, changed or added.
    private static func edited(_ book: [NaiveItem], _ random: inout SplitMix64) -> [NaiveItem] {
        var items = book.compactMap { item -> NaiveItem? in
            var item = item
            switch Int.random(in: 0..<24, using: &random) {
            case 0: return nil
            case 1: item.description = item.description == nil ? "" : nil
            case 2: item.isPrimary.toggle()
            case 3: item.lot += "'"
            case 4: item.partnumber += "'"
            default: break
            }
            return item
        }
        if Bool.random(using: &random) {
            items.append(NaiveItem(partnumber: "PN-27", lot: "LOT-9", isPrimary: true, description: nil))
        }
        return items.sorted { ($0.partnumber, $0.lot) < ($1.partnumber, $1.lot) }
    }

    private static func items(_ book: [NaiveItem], of partnumber: String) -> [BookDiff.Item] {
        book.filter { $0.partnumber == partnumber }.map {
            BookDiff.Item(lotName: $0.lot, isPrimary: $0.isPrimary, description: $0.description)
        }
    }

    @Test("Counts and named changes are those of looking up every part number", arguments: 1...8)
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var kinds = 0
        for _ in 1...40 {
            let before = Self.book(&random)
            let after = Int.random(in: 0..<5, using: &random) == 0 ? Self.book(&random) : Self.edited(before, &random)
            let naive = NaiveDiff(before, after)
            let diff = try Self.diff(before, after, limit: .max)
            #expect(NaiveDiff(diff.counts) == naive)
            #expect(try Self.diff(before, after, limit: 3).counts == diff.counts)
            #expect(diff.changes.count == diff.counts.different)
            #expect(diff.changes.map(\.partnumber) == diff.changes.map(\.partnumber).sorted())
            for change in diff.changes {
                #expect(change.before == Self.items(before, of: change.partnumber))
                #expect(change.after == Self.items(after, of: change.partnumber))
            }
            kinds = max(kinds, naive.kinds)
        }
        #expect(kinds == 5)
    }
}
