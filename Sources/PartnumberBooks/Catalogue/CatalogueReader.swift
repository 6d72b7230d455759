import Database

/// Reads the catalogue as it was at one instant.
///
/// Plain SELECTs in a read-only snapshot: an editor of the catalogue never waits for us, and what is committed meanwhile is
/// not seen. The rules and bundles are small and held in memory; the mappings are streamed.
struct CatalogueReader {
    private let connection: any Connection
    private let shape: CatalogueShape

    /// - Throws: ``CatalogueSchemaError`` where the tables are not as needed.
    init(_ connection: any Connection) throws {
        self.connection = connection
        shape = try CatalogueShape(of: connection)
    }

    /// Hands the whole catalogue to a builder that `makeBuilder` makes of the rules.
    ///
    /// - Parameter progress: called now and then with the number of rows read. The total is not known: counting them costs
    ///   as much as reading them.
    /// - Returns: the builder, with every row in it.
    func read(
        makeBuilder: (IgnoreRules, BundleMap) -> BookBuilder, progress: (_ rows: Int) throws -> Void
    ) throws -> BookBuilder {
        try connection.transaction(.snapshot) { try readInSnapshot(makeBuilder: makeBuilder, progress: progress) }
    }

    /// A builder of the standard memory with the whole catalogue in it, inside the caller's snapshot: for a comparison.
    ///
    /// - Parameter temporaryFolder: where the sort may put a temporary file.
    func readInSnapshot(temporaryFolder: String) throws -> BookBuilder {
        try readInSnapshot(
            makeBuilder: { rules, bundles in
                BookBuilder(ignoreRules: rules, bundles: bundles, sorter: ItemSorter(folder: temporaryFolder))
            },
            progress: { _ in })
    }

    /// The same inside the caller's snapshot, for a caller that reads something else of the same instant.
    func readInSnapshot(
        makeBuilder: (IgnoreRules, BundleMap) -> BookBuilder, progress: (_ rows: Int) throws -> Void
    ) throws -> BookBuilder {
        try progress(0)
        let builder = makeBuilder(try ignoreRules(), try bundles())
        try RowPipeline(builder).collect { add in
            var rows = 0
            try forEachMapping { row in
                try add(row)
                rows += 1
                if rows % ProgressStep.rows == 0 { try progress(rows) }
            }
        }
        try progress(builder.rows)
        return builder
    }

    func ignoreRules() throws -> IgnoreRules {
        var rules = IgnoreRules()
        try forEachIgnoreRule { rules.insert($0, isPattern: $1) }
        return rules
    }

    /// Hands over the rows of the seen table that are ignored, including blank ones.
    ///
    /// A row without a part number (NULL) is skipped, whatever else is in it. Of all others both flags are checked, even
    /// where they decide nothing, so that an invalid one is reported before it matters.
    ///
    /// - Throws: `BookDataError` for an invalid flag or text.
    func forEachIgnoreRule(_ body: (_ partnumber: String, _ isPattern: Bool) throws -> Void) throws {
        let pattern = shape.hasPatterns ? "is_pattern" : "0"
        let memory = NumberText()
        try connection.forEachRow(
            "SELECT partnumber, is_ignored, \(raw: pattern) FROM qt_vendor_partnumber_seen"
        ) { row in
            let source = SourceRow(table: .seen, row: row)
            guard let partnumber = try source.text(0, "partnumber", memory) else { return }
            let isIgnored = try source.flag(1, "is_ignored")
            let isPattern = try source.flag(2, "is_pattern")
            if isIgnored { try body(String(decoding: partnumber, as: UTF8.self), isPattern) }
        }
    }

    /// - Throws: `BookDataError` for an invalid text.
    func bundles() throws -> BundleMap {
        let map = BundleMap()
        let memory = NumberText()
        try connection.forEachRow("SELECT bundle_lot_name FROM qt_lot_bundles") { row in
            let source = SourceRow(table: .bundles, row: row)
            if let name = try source.string(0, "bundle_lot_name", memory) { map.insert(bundle: name) }
        }
        try connection.forEachRow("SELECT bundle_lot_name, lot_name, qty FROM qt_lot_bundle_items") { row in
            let source = SourceRow(table: .bundleItems, row: row)
            guard let bundle = try source.string(0, "bundle_lot_name", memory) else { return }
            let lot = try source.string(1, "lot_name", memory) ?? ""
            map.insert(component: lot, quantity: Quantity.value(of: row.cell(2)), of: bundle)
        }
        return map
    }

    /// Hands over all rows. Their texts are checked to be UTF-8 here, before the rules look at them.
    ///
    /// - Throws: `BookDataError` for an invalid flag or text, also in a row that the rules would exclude.
    func forEachMapping(_ body: (MappingRow) throws -> Void) throws {
        let flag = shape.hasPrimaryFlag ? "is_primary_pn" : "1"
        let memory = NumberText()
        try connection.forEachRow(
            "SELECT vendor, partnumber, lot_name, description, \(raw: flag) FROM lot_partnumbers"
        ) { row in
            let source = SourceRow(table: .mappings, row: row)
            try body(
                MappingRow(
                    vendor: try source.text(0, "vendor", memory) ?? Self.empty,
                    partnumber: try source.text(1, "partnumber", memory) ?? Self.empty,
                    lot: try source.text(2, "lot_name", memory),
                    description: try source.text(3, "description", memory),
                    // Migration 026 adds the column with true as its default.
                    isPrimary: try source.flag(4, "is_primary_pn", null: true)))
        }
    }

    private static var empty: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}
