import CZlib

/// A ZIP archive that is written front to back, so that it may go into a pipe. Times are left at ZIP's first day: the same
/// content is the same bytes.
struct ZipWriter {
    private struct Entry {
        let name: String
        let offset: Int
        let isStored: Bool
        var checksum: UInt = 0
        var compressed = 0
        var size = 0
    }

    private let output: (UnsafeRawBufferPointer) throws -> Void
    private var offset = 0
    private var entries: [Entry] = []

    /// Beyond this ZIP needs its 64-bit fields, which not every reader knows.
    private static let limit = Int(UInt32.max)

    init(to output: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        self.output = output
    }

    /// Adds a small file whose content is known.
    ///
    /// - Parameter isStored: as it is, so that it can be recognised in the archive.
    mutating func add(_ name: String, _ content: String, isStored: Bool = false) throws {
        try begin(name, isStored: isStored, content: isStored ? Array(content.utf8) : [])
        if isStored { return }
        let packer = try Packer()
        var bytes: [UInt8] = Array(content.utf8)
        try bytes.withUnsafeMutableBytes { try packer.append(UnsafeRawBufferPointer($0)) }
        try finish(packer)
    }

    /// Begins a large file, which ``append(_:to:)`` and ``finish(_:)`` continue.
    mutating func begin(_ name: String) throws -> Packer {
        try begin(name, isStored: false, content: [])
        return try Packer()
    }

    /// Takes the next bytes of the file that was begun.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to packer: Packer) throws {
        try packer.append(bytes)
        try write(packer.take())
    }

    /// Ends the file that was begun: its sizes follow it, for they were not known before.
    mutating func finish(_ packer: Packer) throws {
        try packer.finish()
        try write(packer.take())
        var entry = entries.removeLast()
        (entry.checksum, entry.compressed, entry.size) = (packer.checksum, packer.compressed, packer.size)
        entries.append(entry)
        try write(Self.number(0x0807_4B50, 4) + Self.sizes(of: entry))
    }

    /// Ends the archive with its directory.
    mutating func close() throws {
        let start = offset
        for entry in entries {
            var header = Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.fields(of: entry)
            // No comment, first disk, no attributes.
            header += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
            try write(header + Self.number(entry.offset, 4) + Array(entry.name.utf8))
        }
        let count = Self.number(entries.count, 2)
        try write(
            Self.number(0x0605_4B50, 4) + Self.number(0, 4) + count + count + Self.number(offset - start, 4)
                + Self.number(start, 4) + Self.number(0, 2))
    }

    private mutating func begin(_ name: String, isStored: Bool, content: [UInt8]) throws {
        var entry = Entry(name: name, offset: offset, isStored: isStored)
        if isStored {
            entry.checksum = crc32(0, content, UInt32(content.count))
            (entry.compressed, entry.size) = (content.count, content.count)
        }
        entries.append(entry)
        try write(Self.number(0x0403_4B50, 4) + Self.fields(of: entry) + Array(name.utf8) + content)
    }

    /// What the header before a file and its line in the directory have in common.
    private static func fields(of entry: Entry) -> [UInt8] {
        let flags = entry.isStored ? 0 : 1 << 3
        let firstDay = 1 << 5 | 1
        return number(20, 2) + number(flags, 2) + number(entry.isStored ? 0 : 8, 2) + number(0, 2) + number(firstDay, 2)
            + sizes(of: entry) + number(entry.name.utf8.count, 2) + number(0, 2)
    }

    private static func sizes(of entry: Entry) -> [UInt8] {
        number(Int(entry.checksum), 4) + number(entry.compressed, 4) + number(entry.size, 4)
    }

    /// Little-endian.
    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        guard offset + bytes.count <= Self.limit else { throw WorkbookError.archiveTooLarge }
        offset += bytes.count
        try bytes.withUnsafeBytes(output)
    }
}

extension ZipWriter {
    /// The content of one file while it is compressed.
    final class Packer {
        private(set) var checksum: UInt = 0
        private(set) var compressed = 0
        private(set) var size = 0
        private let packed: Bytes
        private let deflater: Deflater

        private final class Bytes {
            var bytes: [UInt8] = []
        }

        init() throws {
            let packed = Bytes()
            self.packed = packed
            deflater = try Deflater { packed.bytes += $0 }
        }

        func append(_ bytes: UnsafeRawBufferPointer) throws {
            checksum = crc32(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
            size += bytes.count
            try deflater.append(bytes)
        }

        func finish() throws { try deflater.finish() }

        /// What has been compressed since the last call.
        func take() -> [UInt8] {
            defer { packed.bytes.removeAll(keepingCapacity: true) }
            compressed += packed.bytes.count
            return packed.bytes
        }
    }
}
