/// Brings items into a book's order in bounded memory: an external merge sort.
///
/// Items are collected in a block of memory; when it is full, it is sorted and written to a temporary file as a *run*, on
/// another thread, while the next block fills; at the end all runs are merged. A catalogue that fits never touches the
/// disk. The file has no name once it is open, so nothing is left behind whatever happens to the process.
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
    ///   - bytes: memory to sort in; a single record must fit into half of them.
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
            try filling.forEachRecord(body)
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
