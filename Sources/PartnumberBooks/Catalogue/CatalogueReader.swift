import Database

/// Reads the catalogue as it stood at one instant.
///
/// Plain SELECTs in a read-only snapshot: nobody who edits the catalogue waits for us, and nothing they commit meanwhile
/// is seen. The rules and bundles are small and held; the mappings stream past.
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
    /// - Parameter progress: told now and then how many rows have been read. Of how many is not asked: to count them costs
    ///   as much as to read them.
    /// - Returns: the builder, with every row in it.
    func read(
        makeBuilder: (IgnoreRules, BundleMap) -> BookBuilder, progress: (_ rows: Int) throws -> Void
    ) throws -> BookBuilder {
        try connection.transaction(.snapshot) { try readInSnapshot(makeBuilder: makeBuilder, progress: progress) }
    }

    /// The same inside the caller's snapshot, who wants to read something else of the same instant.
    func readInSnapshot(
        makeBuilder: (IgnoreRules, BundleMap) -> BookBuilder, progress: (_ rows: Int) throws -> Void
    ) throws -> BookBuilder {
        try progress(0)
        let builder = makeBuilder(try ignoreRules(), try bundles())
        try MappingStream(builder).collect { add in
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

    /// Hands over the rows of the seen table that are ignored, blank ones too.
    func forEachIgnoreRule(_ body: (_ partnumber: String, _ isPattern: Bool) throws -> Void) throws {
        let pattern = shape.hasPatterns ? "is_pattern" : "0"
        try connection.forEachRow(
            "SELECT partnumber, is_ignored, \(raw: pattern) FROM qt_vendor_partnumber_seen"
        ) { row in
            guard row.isTrue(1), let partnumber = row.text(0) else { return }
            try body(partnumber, row.isTrue(2))
        }
    }

    func bundles() throws -> BundleMap {
        let map = BundleMap()
        try connection.forEachRow("SELECT bundle_lot_name FROM qt_lot_bundles") { row in
            if let name = row.text(0) { map.insert(bundle: name) }
        }
        try connection.forEachRow("SELECT bundle_lot_name, lot_name, qty FROM qt_lot_bundle_items") { row in
            guard let bundle = row.text(0) else { return }
            map.insert(component: row.text(1) ?? "", quantity: row.number(2), of: bundle)
        }
        return map
    }

    func forEachMapping(_ body: (MappingRow) throws -> Void) throws {
        let flag = shape.hasPrimaryFlag ? "is_primary_pn" : "1"
        let memory = NumberText()
        try connection.forEachRow(
            "SELECT vendor, partnumber, lot_name, description, \(raw: flag) FROM lot_partnumbers"
        ) { row in
            try body(
                MappingRow(
                    vendor: memory.utf8(of: row, 0) ?? Self.empty, partnumber: memory.utf8(of: row, 1) ?? Self.empty,
                    lot: memory.utf8(of: row, 2), description: memory.utf8(of: row, 3), isPrimary: row.isTrue(4)))
        }
    }

    private static var empty: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
}

extension Row {
    /// A flag as other programs write it: true for any number but zero, false for NULL and for junk.
    fileprivate func isTrue(_ column: Int) -> Bool {
        (number(column) ?? 0) != 0
    }
}

/// Text for the rare cells that hold a number where a text belongs: SQLite keeps what it is given.
private final class NumberText {
    private var memory: [Int: UnsafeMutableRawBufferPointer] = [:]

    deinit {
        for buffer in memory.values { buffer.deallocate() }
    }

    /// The column's text in place; nil for NULL.
    func utf8(of row: Row, _ column: Int) -> UnsafeRawBufferPointer? {
        if let utf8 = row.utf8(column) { return utf8 }
        guard let text = row.text(column) else { return nil }
        memory[column]?.deallocate()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, text.utf8.count), alignment: 1)
        buffer.copyBytes(from: text.utf8)
        memory[column] = buffer
        return UnsafeRawBufferPointer(rebasing: buffer[..<text.utf8.count])
    }
}
