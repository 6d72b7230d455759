import Database
import Harness

/// What two tables must agree on to hold the same book, whatever their order; and part numbers drawn from it.
struct BookFingerprint: Equatable {
    private(set) var items = 0
    private var sum: UInt64 = 0

    /// Reads a book whole.
    init(of book: Int64, in tables: BookTables, _ connection: any Connection) throws {
        try connection.forEachRow(
            "SELECT \(raw: StagedItems.columns) FROM \(identifier: tables.items) WHERE book_id = \(book)"
        ) { row in
            items += 1
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            for column in [0, 1, 3] {
                // A byte that no text has, and another one for NULL, keep the columns apart.
                if let utf8 = row.utf8(column) { utf8.forEach(mix) } else { mix(0xFE) }
                mix(0xFF)
            }
            mix(row.integer(2) == 1 ? 1 : 0)
            sum &+= hash
        }
    }

    /// Draws part numbers of a book of our own, the same in every run.
    static func partnumbers(_ count: Int, of book: Int64, items: Int, _ connection: any Connection) throws -> [String] {
        var random = SplitMix64(seed: 1000)
        var wanted: [Int: Int] = [:]
        for _ in 0..<count { wanted[random.below(items), default: 0] += 1 }
        var found: [String] = []
        var position = 0
        try connection.forEachRow("SELECT partnumber FROM qt_partnumber_book_items WHERE book_id = \(book)") { row in
            if let times = wanted[position] { found += Array(repeating: row.text(0) ?? "", count: times) }
            position += 1
        }
        // Neighbours in the book are neighbours on disk; the reader asks in no order.
        for index in found.indices.dropFirst().reversed() { found.swapAt(index, random.below(index + 1)) }
        return found
    }
}
