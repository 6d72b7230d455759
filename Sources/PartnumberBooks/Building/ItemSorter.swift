import Dispatch
import Foundation

/// Brings items into a book's order in bounded memory: an external merge sort.
///
/// Items are collected in a block of memory; when it is full, it is sorted and written to a temporary file as a *run*, on
/// another thread, while the next block fills; at the end all runs are merged. A catalogue that fits never touches the
/// disk. The file has no name once it is open, so nothing stays behind whatever happens to the process.
///
/// Sorting here and not on the server: an `ORDER BY` that carries the descriptions costs the server as much as inserting
/// the book, no server sorts by the trimmed PN, and both engines must give one order.
final class ItemSorter {
    /// Records appended.
    private(set) var count = 0
    /// Bytes of their PNs, LOTs and descriptions.
    private(set) var bytes = 0

    private let memory: UnsafeMutableRawBufferPointer
    private let folder: String
    /// The block that fills, and the one that is being written or waits to be filled.
    private var filling: ItemBlock
    private var spare: ItemBlock
    private var writing: RunWriter?

    /// Memory for the records before they are written out, both blocks together. What comes with it (the entries) is a
    /// quarter of it at most.
    package static let standardMemory = 10 << 20

    /// - Parameters:
    ///   - memory: bytes; a single record must fit into half of them.
    ///   - folder: where the temporary file goes if one is needed.
    init(memory bytes: Int = ItemSorter.standardMemory, folder: String) {
        memory = .allocate(byteCount: bytes, alignment: 8)
        let half = (bytes / 2) & ~7
        filling = ItemBlock(UnsafeMutableRawBufferPointer(rebasing: memory[..<half]))
        spare = ItemBlock(UnsafeMutableRawBufferPointer(rebasing: memory[half..<(2 * half)]))
        self.folder = folder
    }

    deinit {
        // The writer's thread reads this memory.
        try? writing?.wait()
        memory.deallocate()
    }

    func append(_ parts: ItemRecord.Parts) throws {
        if !filling.append(parts) {
            try spill()
            guard filling.append(parts) else { throw SpillError.recordTooLarge(parts.byteCount) }
        }
        count += 1
        bytes += parts.partnumber.count + parts.lot.count + (parts.description?.count ?? 0)
    }

    /// Hands over all records in order. Nothing may be appended afterwards; a record is valid only inside `body`.
    func forEachSorted(_ body: (ItemRecord) throws -> Void) throws {
        guard let writing else {
            filling.sort()
            try filling.forEach(body)
            return
        }
        if !filling.isEmpty { try writing.begin(filling) }
        try writing.wait()
        try writing.file.merge(using: memory, body)
    }

    /// Has the full block written, and goes on with the other one once that is free.
    private func spill() throws {
        let writer = try writing ?? RunWriter(try SpillFile(folder: folder))
        writing = writer
        try writer.begin(filling)
        swap(&filling, &spare)
    }
}

/// Records in one piece of memory, with an entry for each by which they are sorted.
final class ItemBlock: @unchecked Sendable {
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

    /// - Returns: false where there is no room.
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
    func forEach(_ body: (ItemRecord) throws -> Void) rethrows {
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

/// Sorts blocks and writes them to a file on a thread of its own, one after the other.
private final class RunWriter: @unchecked Sendable {
    let file: SpillFile
    private let queue = DispatchQueue(label: "sort")
    private let work = DispatchGroup()
    private var failure: (any Error)?

    init(_ file: SpillFile) {
        self.file = file
    }

    /// Begins to write `block`, once the one before it is written. It is empty afterwards.
    ///
    /// - Throws: ``SpillError``, also for the block before.
    func begin(_ block: ItemBlock) throws {
        try wait()
        queue.async(group: work) { [self] in
            block.sort()
            do { try file.writeRun(block) } catch { failure = error }
            block.removeAll()
        }
    }

    /// Waits until nothing is being written.
    func wait() throws {
        work.wait()
        if let failure { throw failure }
    }
}
