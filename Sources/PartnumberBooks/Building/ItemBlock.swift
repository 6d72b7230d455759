/// Records in one piece of memory, with an entry for each by which they are sorted.
final class ItemBlock {
    private let memory: UnsafeMutableRawBufferPointer
    private var used = 0
    private var entries: [Entry] = []

    /// A record in the block, with the first eight bytes of its PN at hand for most comparisons.
    private struct Entry {
        let prefix: UInt64
        let offset: UInt32
    }

    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// - Returns: false where the block is full.
    func append(_ parts: ItemRecord.Parts) -> Bool {
        let bytes = parts.byteCount
        guard used + bytes <= memory.count, let base = memory.baseAddress else { return false }
        parts.write(to: base + used, byteCount: bytes)
        entries.append(Entry(prefix: Self.prefix(of: parts.partnumber), offset: UInt32(used)))
        used += bytes
        return true
    }

    var isEmpty: Bool { used == 0 }

    func sort() {
        guard let base = UnsafeRawPointer(memory.baseAddress) else { return }
        entries.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            return ItemRecord.precedes(
                ItemRecord(base: base + Int(left.offset)), ItemRecord(base: base + Int(right.offset)))
        }
    }

    /// Hands over the records in the order of the entries.
    func forEachRecord(_ body: (ItemRecord) throws -> Void) rethrows {
        guard let base = UnsafeRawPointer(memory.baseAddress) else { return }
        for entry in entries { try body(ItemRecord(base: base + Int(entry.offset))) }
    }

    func removeAll() {
        entries.removeAll(keepingCapacity: true)
        used = 0
    }

    /// The first eight bytes as a number that orders as they do; a shorter text is filled with zeros, which come first.
    private static func prefix(of text: UnsafeRawBufferPointer) -> UInt64 {
        if text.count >= 8 { return UInt64(bigEndian: text.loadUnaligned(as: UInt64.self)) }
        var prefix: UInt64 = 0
        for index in 0..<8 {
            prefix = prefix << 8 | (index < text.count ? UInt64(text[index]) : 0)
        }
        return prefix
    }
}
