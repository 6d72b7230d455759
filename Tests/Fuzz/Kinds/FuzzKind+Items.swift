import Foundation

@testable import PartnumberBooks

/// Rows on their way into a book: batches between threads, records in the sort's memory and in its temporary file, and merging.
///
/// A line is a row, its fields separated by commas: PN, LOT, vendor, description, and then anything for the primary flag.
extension FuzzKind {
    static let items = FuzzKind("items") { input in
        let rows = input.lines(atMost: 200).map(NaiveItem.init(line:))
        checkBatches(rows)
        let sorted = rows.sorted()
        for memory in [256, 1024, 65_536] {
            let sorter = ItemSorter(memory: memory, folder: NSTemporaryDirectory())
            var tooLarge = false
            do {
                for row in rows { try row.withParts(sorter.append) }
            } catch SpillError.recordTooLarge(let bytes) {
                Finding.unless(bytes > (memory / 2) & ~7, "a record of \(bytes) is too large for \(memory)")
                tooLarge = true
            }
            if tooLarge { continue }
            var result: [NaiveItem] = []
            var merger = ItemMerger()
            var items: [NaiveBookItem] = []
            try sorter.forEachSorted { record in
                result.append(NaiveItem(record))
                try merger.add(record) { items.append(NaiveBookItem($0)) }
            }
            try merger.finish { items.append(NaiveBookItem($0)) }
            Finding.unlessSame(result.map(\.key), sorted.map(\.key), "sorted in \(memory) bytes")
            Finding.unlessSame(items, NaiveBookItem.merged(sorted), "merged in \(memory) bytes")
            Finding.unlessSame(merger.items + merger.merged, rows.count, "each row is an item, or merged with one")
        }
    }

    private static func checkBatches(_ rows: [NaiveItem]) {
        let batch = MappingBatch(bytes: 256)
        var result: [NaiveItem] = []
        func empty() {
            batch.forEachRow { result.append(NaiveItem($0)) }
            batch.removeAll()
        }
        for row in rows {
            row.withRow { mapping in
                if batch.append(mapping) { return }
                empty()
                Finding.unless(batch.append(mapping), "an empty batch refuses a row")
            }
        }
        empty()
        Finding.unlessSame(result, rows, "through batches")
    }
}
