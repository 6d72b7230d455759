/// Rows of the catalogue on their way from one thread to another, in one piece of memory and in order.
final class MappingBatch {
    private var memory: UnsafeMutableRawBufferPointer
    private var used = 0

    /// Four lengths, the flag, and padding that keeps the next row at a multiple of 8.
    private static let headerBytes = 24
    private static let null = UInt32.max

    /// - Parameter bytes: of memory; a single row that takes more makes it larger.
    init(bytes: Int) {
        memory = .allocate(byteCount: bytes, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    private static func byteCount(of row: MappingRow) -> Int {
        let texts = row.vendor.count + row.partnumber.count + (row.lot?.count ?? 0) + (row.description?.count ?? 0)
        return (headerBytes + texts + 7) & ~7
    }

    /// Copies a row; false where the batch is full. An empty batch takes any row.
    func append(_ row: MappingRow) -> Bool {
        let bytes = Self.byteCount(of: row)
        if used + bytes > memory.count {
            if used > 0 { return false }
            memory.deallocate()
            memory = .allocate(byteCount: bytes, alignment: 8)
        }
        guard let base = memory.baseAddress.map({ $0 + used }) else { return false }
        var target = base + Self.headerBytes
        base.storeBytes(of: Self.copy(row.vendor, to: &target), as: UInt32.self)
        base.storeBytes(of: Self.copy(row.partnumber, to: &target), toByteOffset: 4, as: UInt32.self)
        base.storeBytes(of: Self.copy(row.lot, to: &target), toByteOffset: 8, as: UInt32.self)
        base.storeBytes(of: Self.copy(row.description, to: &target), toByteOffset: 12, as: UInt32.self)
        base.storeBytes(of: row.isPrimary ? 1 : 0, toByteOffset: 16, as: UInt32.self)
        used += bytes
        return true
    }

    /// Copies a text to `target` and moves that behind it; returns the stored length, which marks NULL too.
    private static func copy(_ text: UnsafeRawBufferPointer?, to target: inout UnsafeMutableRawPointer) -> UInt32 {
        guard let text else { return null }
        if let start = text.baseAddress { target.copyMemory(from: start, byteCount: text.count) }
        target += text.count
        return UInt32(text.count)
    }

    func forEachRow(_ body: (MappingRow) throws -> Void) rethrows {
        var offset = 0
        while let row = row(at: &offset) { try body(row) }
    }

    /// The row at `offset`, which moves on to the next one; nil behind the last. A view, valid until the batch is emptied.
    func row(at offset: inout Int) -> MappingRow? {
        guard offset < used, let base = UnsafeRawPointer(memory.baseAddress).map({ $0 + offset }) else { return nil }
        var next = base + Self.headerBytes
        func text(_ index: Int) -> UnsafeRawBufferPointer? {
            let length = base.load(fromByteOffset: 4 * index, as: UInt32.self)
            if length == Self.null { return nil }
            defer { next += Int(length) }
            return UnsafeRawBufferPointer(start: next, count: Int(length))
        }
        let none = UnsafeRawBufferPointer(start: nil, count: 0)
        let row = MappingRow(
            vendor: text(0) ?? none, partnumber: text(1) ?? none, lot: text(2), description: text(3),
            isPrimary: base.load(fromByteOffset: 16, as: UInt32.self) == 1)
        offset += Self.byteCount(of: row)
        return row
    }

    func removeAll() {
        used = 0
    }
}
