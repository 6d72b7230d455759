package import ErrorModel
import Foundation

/// Sorted runs of records in one temporary file without a name.
final class SpillFile {
    private let descriptor: Int32
    private let folder: String
    private var length: off_t = 0
    /// Where each run begins and ends.
    private var runs: [(start: off_t, end: off_t)] = []

    /// Bytes collected before they are written.
    private static let writeBuffer = 256 << 10

    init(folder: String) throws {
        self.folder = folder
        var template = Array((folder + "/pnbook-sort-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SpillError.io("make a temporary file", folder, errno) }
        unlink(template)
    }

    deinit {
        close(descriptor)
    }

    /// Appends one run: the records of a sorted block.
    func writeRun(_ block: ItemBlock) throws {
        let start = length
        var buffer: [UInt8] = []
        buffer.reserveCapacity(Self.writeBuffer + 65_536)
        try block.forEach { record in
            buffer.append(contentsOf: UnsafeRawBufferPointer(start: record.base, count: record.byteCount))
            if buffer.count >= Self.writeBuffer {
                try write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try write(buffer)
        runs.append((start, length))
    }

    private func write(_ buffer: [UInt8]) throws {
        try buffer.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = pwrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, length)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw SpillError.io("write a temporary file", folder, errno) }
                written += count
                length += off_t(count)
            }
        }
    }

    /// Hands over the records of all runs in order, reading through slices of `memory`.
    func merge(using memory: UnsafeMutableRawBufferPointer, _ body: (ItemRecord) throws -> Void) throws {
        let slice = (memory.count / max(1, runs.count)) & ~7
        var readers: [RunReader] = []
        for (index, run) in runs.enumerated() {
            let window = UnsafeMutableRawBufferPointer(rebasing: memory[(index * slice)..<((index + 1) * slice)])
            let reader = RunReader(descriptor, folder, run.start, run.end, window)
            if try reader.advance() { readers.append(reader) }
        }
        var heap = MergeHeap(readers)
        while let reader = heap.first {
            try body(reader.current)
            if try reader.advance() { heap.siftDown() } else { heap.removeFirst() }
        }
    }
}

/// One run, read from its beginning to its end.
private final class RunReader {
    private(set) var current = ItemRecord(base: UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped)
    private let descriptor: Int32
    private let folder: String
    private var position: off_t
    private let end: off_t
    private var window: UnsafeMutableRawBufferPointer
    /// A larger window of our own, where one record does not fit into the slice we were given.
    private var owned: UnsafeMutableRawBufferPointer?
    private var next = 0
    private var filled = 0

    init(
        _ descriptor: Int32, _ folder: String, _ start: off_t, _ end: off_t, _ window: UnsafeMutableRawBufferPointer
    ) {
        self.descriptor = descriptor
        self.folder = folder
        position = start
        self.end = end
        self.window = window
    }

    deinit {
        owned?.deallocate()
    }

    /// Moves to the next record; false after the last.
    func advance() throws -> Bool {
        while true {
            if filled - next >= ItemRecord.headerBytes, let base = UnsafeRawPointer(window.baseAddress) {
                let record = ItemRecord(base: base + next)
                if record.byteCount <= filled - next {
                    current = record
                    next += record.byteCount
                    return true
                }
                if record.byteCount > window.count { grow(to: record.byteCount) }
            } else if window.count < ItemRecord.headerBytes {
                grow(to: 4096)
            }
            if position == end { return false }
            try fill()
        }
    }

    private func fill() throws {
        guard let base = window.baseAddress else { return }
        let rest = filled - next
        memmove(base, base + next, rest)
        next = 0
        filled = rest
        let wanted = min(window.count - rest, Int(end - position))
        let count = pread(descriptor, base + rest, wanted, position)
        if count < 0 && errno == EINTR { return }
        guard count > 0 else { throw SpillError.io("read back a temporary file", folder, count == 0 ? EIO : errno) }
        filled += count
        position += off_t(count)
    }

    private func grow(to bytes: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * bytes, alignment: 8)
        if let target = larger.baseAddress, let source = window.baseAddress, filled > next {
            target.copyMemory(from: source + next, byteCount: filled - next)
        }
        filled -= next
        next = 0
        owned?.deallocate()
        owned = larger
        window = larger
    }
}

/// The readers as a binary heap, the one with the smallest record first.
private struct MergeHeap {
    private var readers: [RunReader]

    init(_ readers: [RunReader]) {
        // A sorted array is a heap.
        self.readers = readers.sorted { ItemRecord.precedes($0.current, $1.current) }
    }

    var first: RunReader? { readers.first }

    mutating func removeFirst() {
        readers.swapAt(0, readers.count - 1)
        readers.removeLast()
        siftDown()
    }

    /// Lets the first reader, whose record has changed, sink to its place.
    mutating func siftDown() {
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < readers.count {
                if ItemRecord.precedes(readers[child].current, readers[smallest].current) { smallest = child }
            }
            if smallest == parent { return }
            readers.swapAt(parent, smallest)
            parent = smallest
        }
    }
}

/// What can go wrong with the temporary file.
package enum SpillError: Diagnosable {
    /// What was tried, in which folder, and the system's error number.
    case io(String, String, Int32)
    case recordTooLarge(Int)

    package var description: String {
        switch self {
        case .io(let action, let folder, let number):
            "cannot \(action) in \(folder): \(String(cString: strerror(number)))"
        case .recordTooLarge(let bytes):
            "a catalogue row takes \(bytes) bytes, more than the sort's memory"
        }
    }

    package var category: ErrorCategory { .output }

    package var remedy: Remedy? {
        switch self {
        case .io: .text("Make room there or point TMPDIR elsewhere")
        case .recordTooLarge: .text("Shorten its description or vendor")
        }
    }
}
