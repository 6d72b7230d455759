@testable import PartnumberBooks

/// A row with its texts in arrays.
struct NaiveItem: Hashable, Comparable {
    var partnumber: [UInt8]
    var lot: [UInt8]
    var vendor: [UInt8]
    var description: [UInt8]?
    var isPrimary: Bool

    init(line: [UInt8]) {
        let fields = line.split(separator: UInt8(ascii: ","), maxSplits: 4, omittingEmptySubsequences: false)
            .map(Array.init)
        partnumber = fields[0]
        lot = fields.count > 1 ? fields[1] : []
        vendor = fields.count > 2 ? fields[2] : []
        description = fields.count > 3 ? fields[3] : nil
        isPrimary = fields.count > 4
    }

    init(_ record: ItemRecord) {
        partnumber = Array(record.partnumber)
        lot = Array(record.lot)
        vendor = Array(record.vendor)
        description = record.description.map(Array.init)
        isPrimary = record.isPrimary
    }

    init(_ row: MappingRow) {
        partnumber = Array(row.partnumber)
        lot = row.lot.map(Array.init) ?? []
        vendor = Array(row.vendor)
        description = row.description.map(Array.init)
        isPrimary = row.isPrimary
    }

    /// What decides the order; rows that have all of it in common may differ in the flag.
    var key: [[UInt8]?] { [partnumber, lot, vendor, description] }

    static func < (left: NaiveItem, right: NaiveItem) -> Bool {
        for (mine, other) in zip(left.key, right.key) where mine != other {
            // No description comes after any.
            guard let mine, let other else { return other == nil }
            return mine.lexicographicallyPrecedes(other)
        }
        return false
    }

    func withRow<Result>(_ body: (MappingRow) throws -> Result) rethrows -> Result {
        try withTexts { partnumber, lot, vendor, description in
            try body(
                MappingRow(
                    vendor: vendor, partnumber: partnumber, lot: lot, description: description, isPrimary: isPrimary))
        }
    }

    func withParts<Result>(_ body: (ItemRecord.Parts) throws -> Result) rethrows -> Result {
        try withTexts { partnumber, lot, vendor, description in
            try body(
                ItemRecord.Parts(
                    partnumber: partnumber, lot: lot, vendor: vendor, untrimmedPartnumber: partnumber,
                    description: description, lotsOfRow: 1, isPrimary: isPrimary))
        }
    }

    private func withTexts<Result>(
        _ body: (
            UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer?
        ) throws -> Result
    ) rethrows -> Result {
        try partnumber.withUnsafeBytes { partnumber in
            try lot.withUnsafeBytes { lot in
                try vendor.withUnsafeBytes { vendor in
                    guard let description else { return try body(partnumber, lot, vendor, nil) }
                    return try description.withUnsafeBytes { try body(partnumber, lot, vendor, $0) }
                }
            }
        }
    }
}

/// An item of a book.
struct NaiveBookItem: Hashable {
    var partnumber: [UInt8]
    var lot: [UInt8]
    var description: [UInt8]?
    var isPrimary: Bool

    init(_ item: BookItem) {
        partnumber = Array(item.partnumber)
        lot = Array(item.lot)
        description = item.description.map(Array.init)
        isPrimary = item.isPrimary
    }

    private init(_ rows: [NaiveItem]) {
        partnumber = rows[0].partnumber
        lot = rows[0].lot
        description = rows.compactMap(\.description).first
        isPrimary = rows.contains(where: \.isPrimary)
    }

    /// The items of sorted rows: one for each part number and LOT.
    static func merged(_ rows: [NaiveItem]) -> [NaiveBookItem] {
        var groups: [[NaiveItem]] = []
        for row in rows {
            if let last = groups.last?.first, last.partnumber == row.partnumber, last.lot == row.lot {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
        return groups.map(NaiveBookItem.init)
    }
}
