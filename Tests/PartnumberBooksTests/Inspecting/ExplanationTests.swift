import Database
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// `explain`, against the naive rules: what becomes of each row, and what all rows of a part number come to.
@Suite("Explanations")
struct ExplanationTests {
    @Test(
        "Of random catalogues every part number is explained as the naive rules decide", arguments: TestEngine.allCases)
    func differential(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        var outcomes: [String: Int] = [:]
        for seed in 1...60 as ClosedRange<UInt64> {
            let model = RandomCatalogue.make(seed: seed, size: 20 + Int(seed % 3) * 20)
            try bench.load(model)
            for key in NaiveText.distinctKeys(model.mappings.map { NaiveText.key($0.partnumber) }) {
                var alone = model
                alone.mappings = model.mappings.filter { NaiveText.key($0.partnumber) == key }
                // The key itself, and blanks around it, ask for the same.
                let explanation = try Self.explain(seed % 2 == 0 ? key : "\u{A0}\(key)\t", bench)
                try compare(explanation, alone, seed)
                for row in explanation.rows { outcomes[Self.name(row.outcome), default: 0] += 1 }
            }
        }
        let all = ["kept", "refused", "empty_partnumber", "empty_lot", "ignored", "empty_bundle"]
        for outcome in all { #expect(outcomes[outcome, default: 0] > 0, "\(outcome) happens") }
    }

    private static func explain(_ partnumber: String, _ bench: BookBench) throws -> Explanation {
        try bench.reader.transaction(.snapshot) {
            try CatalogueExplainer(
                of: partnumber, on: bench.reader, temporaryFolder: bench.database.folder
            ).explain()
        }
    }

    private static func name(_ outcome: ExplainedRow.Outcome) -> String {
        switch outcome {
        case .kept: "kept"
        case .excluded(let reason): reason.rawValue
        case .refused: "refused"
        }
    }

    /// - Parameter model: the catalogue with the rows of this part number alone.
    private func compare(_ explanation: Explanation, _ model: CatalogueModel, _ seed: UInt64) throws {
        let mappings = model.mappings.sorted { left, right in
            NaiveText.sameBytes(left.vendor, right.vendor)
                ? NaiveText.precedes(left.partnumber, right.partnumber)
                : NaiveText.precedes(left.vendor, right.vendor)
        }
        try #require(explanation.rows.count == mappings.count, "seed \(seed)")
        for (row, mapping) in zip(explanation.rows, mappings) {
            #expect(NaiveText.sameBytes(row.vendor, mapping.vendor), "seed \(seed)")
            #expect(NaiveText.sameBytes(row.partnumber, mapping.partnumber), "seed \(seed)")
            #expect(row.lot.map(NaiveText.bytes) == mapping.lot.map(NaiveText.bytes), "seed \(seed)")
            #expect(row.description.map(NaiveText.bytes) == mapping.description.map(NaiveText.bytes), "seed \(seed)")
            #expect(row.isPrimary == mapping.isPrimary, "seed \(seed)")
            compareFate(row, mapping, model, seed)
        }
        guard case .book(let naive) = NaiveBook.build(model) else {
            #expect(explanation.rows.contains { Self.name($0.outcome) == "refused" }, "seed \(seed)")
            return
        }
        let items = explanation.items.map(\.item).map {
            NaiveItem(partnumber: $0.partnumber, lot: $0.lotName, isPrimary: $0.isPrimary, description: $0.description)
        }
        #expect(items == naive.items, "seed \(seed)")
        #expect(explanation.conflicts.map(NaiveText.bytes) == naive.conflictSample.map(NaiveText.bytes), "seed \(seed)")
        #expect(explanation.conflicts.count == naive.conflictCount, "seed \(seed)")
        for item in explanation.items { compareOrigin(item, mappings, model, seed) }
    }

    /// What becomes of a row does not depend on the others: it is the book's whole catalogue here.
    private func compareFate(
        _ row: ExplainedRow, _ mapping: CatalogueModel.Mapping, _ model: CatalogueModel, _ seed: UInt64
    ) {
        var alone = model
        alone.mappings = [mapping]
        guard case .book(let naive) = NaiveBook.build(alone) else {
            #expect(Self.name(row.outcome) == "refused", "seed \(seed)")
            #expect(row.bundle != nil && row.bundle?.lots == nil, "seed \(seed)")
            return
        }
        let reasons = [
            "empty_partnumber": naive.excluded.emptyPartnumber, "empty_lot": naive.excluded.emptyLot,
            "ignored": naive.excluded.ignored, "empty_bundle": naive.excluded.emptyBundle,
        ]
        #expect(Self.name(row.outcome) == reasons.first { $0.value == 1 }?.key ?? "kept", "seed \(seed)")
        #expect((row.outcome == .kept && row.bundle != nil) == (naive.expandedRows == 1), "seed \(seed)")
        if row.outcome == .kept {
            #expect((row.bundle?.losesQuantity ?? false) == (naive.quantitiesDropped == 1), "seed \(seed)")
            #expect((row.bundle?.lots ?? 1) == naive.items.count, "seed \(seed)")
        }
        if let bundle = row.bundle {
            let leaves = bundle.outline.filter { !$0.isBundle }.map(\.lot)
            #expect(
                NaiveText.distinctTexts(leaves).map(NaiveText.bytes)
                    == NaiveText.distinctTexts(naive.items.map(\.lot)).map(NaiveText.bytes), "seed \(seed)")
        }
        let isIgnored = row.outcome == .excluded(.ignored)
        let rules = model.seen.filter { seen in
            var rules = NaiveIgnoreRules()
            if seen.isIgnored { rules.insert(seen.partnumber, isPattern: seen.isPattern) }
            return isIgnored && rules.matches(mapping.partnumber)
        }
        #expect(
            Set(row.ignoredBy.map { NaiveText.bytes($0.partnumber) })
                == Set(rules.map { NaiveText.bytes($0.partnumber) }), "seed \(seed)")
    }

    /// An item comes of every row with its PN that comes down to its LOT; the first with a description gives that.
    private func compareOrigin(
        _ item: ExplainedItem, _ mappings: [CatalogueModel.Mapping], _ model: CatalogueModel, _ seed: UInt64
    ) {
        let behind = mappings.indices.filter { index in
            var alone = model
            alone.mappings = [mappings[index]]
            guard case .book(let naive) = NaiveBook.build(alone) else { return false }
            return naive.items.contains {
                NaiveText.sameBytes($0.partnumber, item.item.partnumber)
                    && NaiveText.sameBytes($0.lot, item.item.lotName)
            }
        }
        #expect(item.rows == behind, "seed \(seed)")
        #expect(
            item.descriptionRow == behind.first { !NaiveText.isBlank(mappings[$0].description ?? "") }, "seed \(seed)")
    }

    @Test("Where a part number stands in the books is what reading them whole finds", arguments: TestEngine.allCases)
    func books(engine: TestEngine) throws {
        let bench = try BookBench(engine)
        var day = 1
        for seed in 1...12 as ClosedRange<UInt64> {
            // Some neighbours are of one catalogue, and so alike.
            let model = RandomCatalogue.make(seed: 1 + seed / 3, size: 60)
            try bench.load(model)
            guard (try? bench.create(at: "2026-11-\(day < 10 ? "0" : "")\(day)T03:00:00Z", allowShrink: true)) != nil
            else { continue }
            day += 1
        }
        let books = try bench.shelf.books()
        #expect(books.count > 4)
        let contents = try books.map { try bench.items(of: $0.id) }
        var folded = 0
        for key in NaiveText.distinctKeys(contents.flatMap { $0.map { NaiveText.key($0.partnumber) } }) {
            for readsWhole in [true, false] {
                let found = try bench.reader.transaction(.snapshot) {
                    try PartnumberHistory.load(key, catalogueSpellings: [], readsWhole: readsWhole, on: bench.reader)
                }
                #expect(found.spans.flatMap { $0.books.map(\.id) } == books.map(\.id))
                let spellings = found.spellings.map { Set($0.map(NaiveText.bytes)) }
                #expect((spellings == nil) == readsWhole)
                var index = 0
                var previous: [NaiveItem]?
                for span in found.spans {
                    let items = span.items.map {
                        NaiveItem(
                            partnumber: $0.partnumber, lot: $0.lotName, isPrimary: $0.isPrimary,
                            description: $0.description)
                    }
                    #expect(items != previous, "neighbours that are alike are one span")
                    previous = items
                    if span.books.count > 1 { folded += 1 }
                    for _ in span.books {
                        let expected = contents[index].filter { item in
                            NaiveText.key(item.partnumber) == key
                                && spellings?.contains(NaiveText.bytes(item.partnumber)) != false
                        }
                        #expect(items == expected)
                        index += 1
                    }
                }
            }
        }
        #expect(folded > 10)
    }
}
