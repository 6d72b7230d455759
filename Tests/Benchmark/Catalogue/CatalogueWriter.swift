import Database
import Harness

/// Writes the made-up catalogue straight into the source tables, in memory that does not grow with it.
struct CatalogueWriter {
    private let connection: any Connection
    private let recipe: CatalogueRecipe

    /// - Parameter connection: to a database migrated to 026 or beyond, its source tables empty.
    init(_ connection: any Connection, _ recipe: CatalogueRecipe) {
        self.connection = connection
        self.recipe = recipe
    }

    /// Rows in one transaction.
    private static let batch = 50_000

    func write() throws {
        try connection.transaction(.write) { try writeBundles() }
        try connection.transaction(.write) { try writeGlobs(recipe.globs) }
        try writeMappings()
    }

    private func writeMappings() throws {
        let mappings = try connection.bulkInsert(
            into: "lot_partnumbers", columns: ["vendor", "partnumber", "lot_name", "description", "is_primary_pn"])
        let seen = try connection.bulkInsert(
            into: "qt_vendor_partnumber_seen", columns: ["partnumber", "is_ignored", "is_pattern"])
        let generator = MappingGenerator(recipe)
        var isFinished = false
        while !isFinished {
            try connection.transaction(.write) {
                var rows = 0
                while rows < Self.batch {
                    guard let row = generator.next() else {
                        isFinished = true
                        break
                    }
                    rows += 1
                    try mappings.append([
                        .text(row.vendor), .text(row.partnumber), row.lot.map(Cell.text) ?? .null,
                        row.description.map(Cell.text) ?? .null, .integer(row.isPrimary ? 1 : 0),
                    ])
                    if row.isIgnored { try seen.append([.text(row.partnumber), .integer(1), .integer(0)]) }
                }
                try mappings.flush()
                try seen.flush()
            }
        }
    }

    private func writeBundles() throws {
        let bundles = try connection.bulkInsert(into: "qt_lot_bundles", columns: ["bundle_lot_name"])
        let components = try connection.bulkInsert(
            into: "qt_lot_bundle_items", columns: ["bundle_lot_name", "lot_name", "qty"])
        let block = TextBlock()
        var random = SplitMix64(seed: 5)
        for bundle in 0..<recipe.bundles {
            block.reset()
            let name = LotName.write(.bundle, bundle, to: block)
            try bundles.append([.text(name)])
            // Only in bundles of higher numbers, so that none contains itself.
            let isNested = bundle + 1 < recipe.bundles && (bundle == 0 || random.chance(CatalogueRecipe.nestedPercent))
            var chosen: Set<Int> = []
            while chosen.count < CatalogueRecipe.componentsPerBundle - (isNested ? 1 : 0) {
                let lot = random.below(recipe.lots)
                guard chosen.insert(lot).inserted else { continue }
                let quantity = random.chance(80) ? 1 : 2 + random.below(7)
                let part = LotName.write(.part, lot, to: block)
                try components.append([.text(name), .text(part), .integer(Int64(quantity))])
            }
            if isNested {
                let inner = bundle + 1 + random.below(recipe.bundles - bundle - 1)
                try components.append([
                    .text(name), .text(LotName.write(.bundle, inner, to: block)), .integer(1),
                ])
            }
        }
        try bundles.flush()
        try components.flush()
    }

    /// Adds patterns of the forms people write: families, suffixes, and both with single characters open.
    ///
    /// They are five to six characters long, so that they match a row in a hundred thousand or so: what is measured is
    /// asking, not leaving out.
    func writeGlobs(_ count: Int) throws {
        guard count > 0 else { return }
        let seen = try connection.bulkInsert(
            into: "qt_vendor_partnumber_seen", columns: ["partnumber", "is_ignored", "is_pattern"])
        let block = TextBlock()
        var random = SplitMix64(seed: 7)
        var written: Set<[UInt8]> = []
        while written.count < count {
            block.reset()
            let pattern = block.text { block in
                switch written.count % 5 {
                case 0:
                    block.append("*-")
                    block.append(random: 5, &random)
                case 1:
                    block.append(random: 3, &random)
                    block.append("?")
                    block.append(random: 2, &random)
                    block.append("-*")
                    block.append(random: 1, &random)
                default:
                    block.append(random: 6, &random)
                    block.append("*")
                }
            }
            guard written.insert(Array(pattern)).inserted else { continue }
            try seen.append([.text(pattern), .integer(1), .integer(1)])
        }
        try seen.flush()
    }
}

extension BulkInsert {
    func append(_ row: [Cell]) throws {
        try row.withUnsafeBufferPointer { try append($0) }
    }
}
