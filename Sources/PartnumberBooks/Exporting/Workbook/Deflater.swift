import CZlib

/// Compresses a stream of bytes as ZIP has it (RFC 1951), in constant memory.
final class Deflater {
    private var stream = z_stream()
    private let output: (UnsafeRawBufferPointer) throws -> Void
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    /// Faster than the default and about as small for rows that are much alike.
    private static let level: Int32 = 3

    /// - Parameter output: takes what is compressed, piece by piece.
    /// - Throws: ``WorkbookError/memory``.
    init(to output: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        self.output = output
        guard czlib_begin_raw(&stream, Self.level) == Z_OK else {
            buffer.deallocate()
            throw WorkbookError.memory
        }
    }

    deinit {
        deflateEnd(&stream)
        buffer.deallocate()
    }

    /// Takes the next bytes.
    func append(_ bytes: UnsafeRawBufferPointer) throws { try run(bytes, Z_NO_FLUSH) }

    /// Hands over what is left.
    func finish() throws { try run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH) }

    private func run(_ bytes: UnsafeRawBufferPointer, _ flush: Int32) throws {
        // zlib only reads its input.
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        stream.next_in = UnsafeMutablePointer(mutating: start)
        stream.avail_in = UInt32(bytes.count)
        repeat {
            stream.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(buffer.count)
            deflate(&stream, flush)
            try output(UnsafeRawBufferPointer(rebasing: buffer[..<(buffer.count - Int(stream.avail_out))]))
        } while stream.avail_out == 0
    }
}
