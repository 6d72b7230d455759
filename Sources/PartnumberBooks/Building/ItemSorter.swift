import Foundation

/// Brings items into a book's order in bounded memory: an external merge sort.
///
/// Items are collected in one block of memory; when it is full, they are sorted and written to a temporary file as a
/// *run*; at the end all runs are merged. A catalogue that fits never touches the disk. The file has no name once it is
/// open, so nothing stays behind whatever happens to the process.
///
/// Sorting here and not on the server: an `ORDER BY` that carries the descriptions costs the server as much as inserting
/// the book, no server sorts by the trimmed PN, and both engines must give one order.
final class ItemSorter {
    /// Records appended.
    private(set) var count = 0

    private let block: UnsafeMutableRawBufferPointer
    private var used = 0
    private var entries: [Entry] = []
    private let folder: String
    private var spill: SpillFile?

    /// A record in the block, with the first eight bytes of its PN at hand for most comparisons.
    private struct Entry {
        let prefix: UInt64
        let offset: UInt32
    }

    /// Memory for the records before they are written out. What comes with it (the entries) is a quarter of it at most.
    package static let standardMemory = 12 << 20

    /// - Parameters:
    ///   - memory: bytes; a single record must fit.
    ///   - folder: where the temporary file goes if one is needed.
    init(memory: Int = ItemSorter.standardMemory, folder: String) {
        block = .allocate(byteCount: memory, alignment: 8)
        self.folder = folder
    }

    deinit {
        block.deallocate()
    }

    func append(_ parts: ItemRecord.Parts) throws {
        let bytes = parts.byteCount
        if used + bytes > block.count {
            guard bytes <= block.count else { throw SpillError.recordTooLarge(bytes) }
            try spillBlock()
        }
        guard let base = block.baseAddress else { return }
        parts.write(to: base + used)
        entries.append(Entry(prefix: Self.prefix(of: parts.partnumber), offset: UInt32(used)))
        used += bytes
        count += 1
    }

    /// Hands over all records in order. To be called once; a record is valid only inside `body`.
    func forEachSorted(_ body: (ItemRecord) throws -> Void) throws {
        sortBlock()
        guard let base = UnsafeRawPointer(block.baseAddress) else { return }
        guard let spill else {
            for entry in entries { try body(ItemRecord(base: base + Int(entry.offset))) }
            return
        }
        if !entries.isEmpty { try writeRun(to: spill) }
        try spill.merge(using: block, body)
    }

    private func spillBlock() throws {
        sortBlock()
        let file = try spill ?? SpillFile(folder: folder)
        spill = file
        try writeRun(to: file)
    }

    private func writeRun(to file: SpillFile) throws {
        guard let base = UnsafeRawPointer(block.baseAddress) else { return }
        try file.writeRun(entries.lazy.map { ItemRecord(base: base + Int($0.offset)) })
        entries.removeAll(keepingCapacity: true)
        used = 0
    }

    private func sortBlock() {
        guard let base = UnsafeRawPointer(block.baseAddress) else { return }
        entries.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            return ItemRecord.precedes(
                ItemRecord(base: base + Int(left.offset)), ItemRecord(base: base + Int(right.offset)))
        }
    }

    /// The first eight bytes as a number that orders as they do; a shorter text is filled with zeros, which come first.
    private static func prefix(of text: UnsafeRawBufferPointer) -> UInt64 {
        var prefix: UInt64 = 0
        for index in 0..<8 {
            prefix = prefix << 8 | (index < text.count ? UInt64(text[index]) : 0)
        }
        return prefix
    }
}
