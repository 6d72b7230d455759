import Foundation
import Testing

@testable import PartnumberBooks

/// The rules alone, without a database: fast enough for many catalogues.
@Suite("The book builder")
struct BookBuilderTests {
    /// The book that the builder makes of `model`, its rows taken in the order of `rows`.
    private func build(
        _ model: CatalogueModel, rows: [CatalogueModel.Mapping], memory: Int
    ) throws -> ([NaiveItem], BookTallies) {
        var rules = IgnoreRules()
        for row in model.seen where row.isIgnored { rules.insert(row.partnumber, isPattern: row.isPattern) }
        let bundles = BundleMap()
        for name in model.bundles { bundles.insert(bundle: name) }
        for part in model.components { bundles.insert(component: part.lot, quantity: part.quantity, of: part.bundle) }
        let builder = BookBuilder(
            ignoreRules: rules, bundles: bundles, sorter: ItemSorter(memory: memory, folder: NSTemporaryDirectory()))
        for row in rows { try add(row, to: builder) }
        var items: [NaiveItem] = []
        let text = { (bytes: UnsafeRawBufferPointer) in String(decoding: bytes, as: UTF8.self) }
        let tallies = try builder.finish { item in
            items.append(
                NaiveItem(
                    partnumber: text(item.partnumber), lot: text(item.lot), isPrimary: item.isPrimary,
                    description: item.description.map(text)))
        }
        return (items, tallies)
    }

    private func add(_ row: CatalogueModel.Mapping, to builder: BookBuilder) throws {
        let bytes = [row.vendor, row.partnumber, row.lot ?? "", row.description ?? ""].map { Array($0.utf8) }
        try bytes[0].withUnsafeBytes { vendor in
            try bytes[1].withUnsafeBytes { partnumber in
                try bytes[2].withUnsafeBytes { lot in
                    try bytes[3].withUnsafeBytes { description in
                        try builder.add(
                            MappingRow(
                                vendor: vendor, partnumber: partnumber, lot: row.lot == nil ? nil : lot,
                                description: row.description == nil ? nil : description, isPrimary: row.isPrimary))
                    }
                }
            }
        }
    }

    @Test("The naive rules make the same book, in whatever order the rows come", arguments: [10, 50, 150])
    func differential(size: Int) throws {
        var books = 0
        for seed in 1...(size == 150 ? 60 : 300) as ClosedRange<UInt64> {
            let model = RandomCatalogue.make(seed: seed, size: size)
            guard case .book(let naive) = NaiveBook.build(model) else {
                #expect(throws: BookDataError.self, "seed \(seed)") {
                    try build(model, rows: model.mappings, memory: 12 << 20)
                }
                continue
            }
            let (items, tallies) = try build(model, rows: model.mappings, memory: 96 << 10)
            #expect(items == naive.items, "seed \(seed)")
            #expect(tallies.digest == naive.digest, "seed \(seed)")
            #expect(tallies.mergedDuplicates == naive.mergedDuplicates, "seed \(seed)")
            #expect(tallies.conflicts == naive.conflictCount, "seed \(seed)")
            let (_, reversed) = try build(model, rows: model.mappings.reversed(), memory: 12 << 20)
            #expect(reversed == tallies, "seed \(seed)")
            books += 1
        }
        #expect(books > 40)
    }
}
