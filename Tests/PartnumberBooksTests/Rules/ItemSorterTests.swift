import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

@testable import PartnumberBooks

@Suite("The sort")
struct ItemSorterTests {
    private struct Item: Hashable {
        var partnumber: String
        var lot: String
        var vendor: String
        var description: String?
        var isPrimary: Bool
    }

    private func sorted(_ items: [Item], memory: Int, folder: String = NSTemporaryDirectory()) throws -> [Item] {
        let sorter = ItemSorter(memory: memory, folder: folder)
        for item in items {
            var (partnumber, lot, vendor, description) = (
                item.partnumber, item.lot, item.vendor, item.description ?? ""
            )
            try partnumber.withUTF8 { partnumber in
                try lot.withUTF8 { lot in
                    try vendor.withUTF8 { vendor in
                        try description.withUTF8 { description in
                            try sorter.append(
                                ItemRecord.Parts(
                                    partnumber: .init(partnumber), lot: .init(lot), vendor: .init(vendor),
                                    untrimmedPartnumber: .init(partnumber),
                                    description: item.description == nil ? nil : .init(description), lotsOfRow: 1,
                                    isPrimary: item.isPrimary))
                        }
                    }
                }
            }
        }
        #expect(sorter.count == items.count)
        var result: [Item] = []
        let text = { (bytes: UnsafeRawBufferPointer) in String(decoding: bytes, as: UTF8.self) }
        try sorter.forEachSorted { record in
            result.append(
                Item(
                    partnumber: text(record.partnumber), lot: text(record.lot), vendor: text(record.vendor),
                    description: record.description.map(text), isPrimary: record.isPrimary))
        }
        return result
    }

    private func naive(_ items: [Item]) -> [Item] {
        let key = { (item: Item) in
            [item.partnumber, item.lot, item.vendor].map { Array($0.utf8) }
        }
        return items.sorted { left, right in
            for (left, right) in zip(key(left), key(right)) where left != right {
                return left.lexicographicallyPrecedes(right)
            }
            return false
        }
    }

    private func random(_ count: Int, seed: UInt64) -> [Item] {
        var generator = SplitMix64(seed: seed)
        let alphabet = ["a", "b", "\u{1}", "é", "漢", "😀", " ", "0"]
        return (0..<count).map { index in
            let word = { (limit: Int) in
                (0..<Int.random(in: 1...limit, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                }.joined()
            }
            return Item(
                partnumber: word(12), lot: word(3), vendor: String(index),
                description: index % 3 == 0 ? nil : String(repeating: "d", count: index % 400),
                isPrimary: index % 2 == 0)
        }
    }

    @Test("Through temporary files as in memory", arguments: [1024, 4096, 65_536, 8 << 20])
    func spilled(memory: Int) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let items = random(3000, seed: seed)
            #expect(try sorted(items, memory: memory) == naive(items), "seed \(seed)")
        }
    }

    @Test("Nothing in, nothing out")
    func empty() throws {
        #expect(try sorted([], memory: 1024) == [])
    }

    @Test("Many runs share little memory: one record may be larger than a run's share")
    func manyRuns() throws {
        let items = (0..<600).map {
            Item(
                partnumber: String(($0 * 7919) % 600), lot: "L", vendor: String($0),
                description: String(repeating: "x", count: 900), isPrimary: true)
        }
        #expect(try sorted(items, memory: 2048) == naive(items))
    }

    @Test("A record larger than the memory is refused by name")
    func tooLarge() throws {
        let item = Item(
            partnumber: "P", lot: "L", vendor: "", description: String(repeating: "x", count: 5000), isPrimary: true)
        #expect(throws: SpillError.self) { try sorted([item], memory: 1024) }
    }

    @Test("A folder that is not there is named, with the way out")
    func noFolder() throws {
        let error = #expect(throws: SpillError.self) {
            try sorted(random(100, seed: 1), memory: 1024, folder: "/nowhere/at/all")
        }
        #expect(error.map { "\($0)" }?.contains("/nowhere/at/all") == true)
        #expect(error?.remedy == .text("Make room there or point TMPDIR elsewhere"))
    }

    @Test("The temporary file has no name, so nothing stays behind")
    func nothingStays() throws {
        let database = try TestDatabase(.sqlite)
        _ = try sorted(random(2000, seed: 1), memory: 1024, folder: database.folder)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: database.folder).filter { $0.contains("sort") } == [])
    }
}
