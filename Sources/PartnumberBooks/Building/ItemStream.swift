import Dispatch
import Foundation

/// A builder's items on their way to the writer: merged on a thread of its own while the writer waits for its database.
///
/// Few batches are on the way at any time, so a slow database holds the merging up, and not the memory.
final class ItemStream: @unchecked Sendable {
    private let builder: BookBuilder
    private let full = BatchQueue()
    private let free = BatchQueue()

    /// Batches on the way, and bytes of each: the largest item must fit.
    private static let batches = 4
    private static let batchBytes = 256 << 10

    init(_ builder: BookBuilder) {
        self.builder = builder
        for _ in 0..<Self.batches { free.put(ItemBatch(bytes: Self.batchBytes)) }
    }

    /// Hands over the items in order. To be called once.
    ///
    /// - Returns: the tallies of the whole book.
    func forEach(_ body: (BookItem) throws -> Void) throws -> BookTallies {
        let outcome = Outcome()
        let merging = DispatchGroup()
        merging.enter()
        let thread = Thread { [self] in
            outcome.result = Result { try produce() }
            full.shut()
            merging.leave()
        }
        thread.name = "merge"
        thread.start()
        defer {
            // Whoever stops half-way stops the other thread as well, and waits for it: it reads the builder's memory.
            free.shut()
            merging.wait()
        }
        while let batch = full.take() {
            try batch.forEach(body)
            batch.removeAll()
            free.put(batch)
        }
        merging.wait()
        guard let result = outcome.result else { throw Stopped() }
        return try result.get()
    }

    private func produce() throws -> BookTallies {
        guard var batch = free.take() else { throw Stopped() }
        let tallies = try builder.finish { item in
            if batch.append(item) { return }
            full.put(batch)
            guard let next = free.take() else { throw Stopped() }
            batch = next
            guard batch.append(item) else { throw SpillError.recordTooLarge(ItemBatch.byteCount(of: item)) }
        }
        full.put(batch)
        return tallies
    }

    /// Nobody wants any more items.
    private struct Stopped: Error {}

    private final class Outcome: @unchecked Sendable {
        var result: Result<BookTallies, any Error>?
    }
}

/// Items in one piece of memory, in order.
private final class ItemBatch: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    private var used = 0

    /// Lengths of PN, LOT and description, and the flag.
    private static let headerBytes = 16
    private static let null = UInt32.max

    init(bytes: Int) {
        memory = .allocate(byteCount: bytes, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    static func byteCount(of item: BookItem) -> Int {
        (headerBytes + item.partnumber.count + item.lot.count + (item.description?.count ?? 0) + 7) & ~7
    }

    /// - Returns: false where there is no room.
    func append(_ item: BookItem) -> Bool {
        let bytes = Self.byteCount(of: item)
        guard used + bytes <= memory.count, let base = memory.baseAddress.map({ $0 + used }) else { return false }
        base.storeBytes(of: UInt32(item.partnumber.count), as: UInt32.self)
        base.storeBytes(of: UInt32(item.lot.count), toByteOffset: 4, as: UInt32.self)
        base.storeBytes(
            of: item.description.map { UInt32($0.count) } ?? Self.null, toByteOffset: 8, as: UInt32.self)
        base.storeBytes(of: item.isPrimary ? 1 : 0, toByteOffset: 12, as: UInt32.self)
        var target = base + Self.headerBytes
        target.append(item.partnumber)
        target.append(item.lot)
        if let description = item.description { target.append(description) }
        used += bytes
        return true
    }

    func forEach(_ body: (BookItem) throws -> Void) rethrows {
        var offset = 0
        while offset < used, let base = UnsafeRawPointer(memory.baseAddress).map({ $0 + offset }) {
            let partnumber = Int(base.load(as: UInt32.self))
            let lot = Int(base.load(fromByteOffset: 4, as: UInt32.self))
            let description = base.load(fromByteOffset: 8, as: UInt32.self)
            let texts = base + Self.headerBytes
            let item = BookItem(
                partnumber: UnsafeRawBufferPointer(start: texts, count: partnumber),
                lot: UnsafeRawBufferPointer(start: texts + partnumber, count: lot),
                isPrimary: base.load(fromByteOffset: 12, as: UInt32.self) == 1,
                description: description == Self.null
                    ? nil : UnsafeRawBufferPointer(start: texts + partnumber + lot, count: Int(description)))
            try body(item)
            offset += Self.byteCount(of: item)
        }
    }

    func removeAll() {
        used = 0
    }
}

extension UnsafeMutableRawPointer {
    fileprivate mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if let start = bytes.baseAddress { copyMemory(from: start, byteCount: bytes.count) }
        self += bytes.count
    }
}

/// Batches that one thread hands to another.
private final class BatchQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var batches: [ItemBatch] = []
    private var isShut = false

    func put(_ batch: ItemBatch) {
        condition.withLock {
            batches.append(batch)
            condition.signal()
        }
    }

    /// Waits for a batch; nil once the queue is shut and empty.
    func take() -> ItemBatch? {
        condition.withLock {
            while batches.isEmpty && !isShut { condition.wait() }
            return batches.isEmpty ? nil : batches.removeFirst()
        }
    }

    func shut() {
        condition.withLock {
            isShut = true
            condition.broadcast()
        }
    }
}
