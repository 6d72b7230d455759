import Database

/// A book's items in memory, ready to be sent: what it costs to read and decide is not in a measurement of sending.
final class ItemArena {
    private var bytes: [UInt8] = []
    private var items: [(partnumber: Range<Int>, lot: Range<Int>, description: Range<Int>?, isPrimary: Bool)] = []

    init(of catalogue: BenchmarkCatalogue) throws {
        try catalogue.database.onConnection { connection in
            try connection.forEachRow("SELECT \(raw: StagedItems.columns) FROM \(identifier: StagedItems.ordered)") {
                row in
                items.append(
                    (
                        store(row.utf8(0)) ?? 0..<0, store(row.utf8(1)) ?? 0..<0, store(row.utf8(3)),
                        row.integer(2) == 1
                    ))
            }
        }
    }

    private func store(_ text: UnsafeRawBufferPointer?) -> Range<Int>? {
        guard let text else { return nil }
        bytes += text
        return bytes.count - text.count..<bytes.count
    }

    /// Hands over all items as rows of (book, PN, LOT, flag, description).
    func forEachRow(book: Int64, _ body: (UnsafeBufferPointer<Cell>) throws -> Void) throws {
        try bytes.withUnsafeBytes { bytes in
            let cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: 5)
            cells.initialize(repeating: .integer(book))
            defer { cells.deallocate() }
            for item in items {
                cells[1] = .text(UnsafeRawBufferPointer(rebasing: bytes[item.partnumber]))
                cells[2] = .text(UnsafeRawBufferPointer(rebasing: bytes[item.lot]))
                cells[3] = .integer(item.isPrimary ? 1 : 0)
                cells[4] = item.description.map { .text(UnsafeRawBufferPointer(rebasing: bytes[$0])) } ?? .null
                try body(UnsafeBufferPointer(cells))
            }
        }
    }

    /// The items from `start` on, at most so many, as texts of their own.
    func items(from start: Int, atMost count: Int) -> [DictionaryBook.Item] {
        items[start..<min(start + count, items.count)].map { item in
            DictionaryBook.Item(
                partnumber: String(decoding: bytes[item.partnumber], as: UTF8.self),
                lot: String(decoding: bytes[item.lot], as: UTF8.self), isPrimary: item.isPrimary,
                description: item.description.map { String(decoding: bytes[$0], as: UTF8.self) }, vendor: "")
        }
    }

    var count: Int { items.count }
}
