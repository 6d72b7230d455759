import ErrorModel
import FoundationEssentials
import Glibc

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
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
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
        try block.forEachRecord { record in
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
