import ErrorModel
import FoundationEssentials
import Glibc

/// One run, read from its beginning to its end.
final class RunReader {
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
