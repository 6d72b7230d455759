/// Reads a packet from its beginning to its end, and never beyond.
struct WireReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }
    var rest: Int { bytes.count - position }

    private static let cutShort = WireFault.malformed("a packet that ends within a value")

    @inline(__always)
    mutating func skip(_ count: Int) throws(WireFault) {
        guard count <= bytes.count - position else { throw Self.cutShort }
        position += count
    }

    @inline(__always)
    mutating func byte() throws(WireFault) -> UInt8 {
        guard position < bytes.count else { throw Self.cutShort }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number of 1 to 8 bytes, the lowest first.
    mutating func number(_ count: Int) throws(WireFault) -> UInt64 {
        guard count <= bytes.count - position else { throw Self.cutShort }
        var number: UInt64 = 0
        for index in 0..<count { number |= UInt64(bytes[position + index]) << (8 * UInt64(index)) }
        position += count
        return number
    }

    /// A number in front of which its own length may be; nil for NULL.
    @inline(__always)
    mutating func length() throws(WireFault) -> UInt64? {
        let first = try byte()
        switch first {
        case ..<251: return UInt64(first)
        case 251: return nil
        case 252: return try number(2)
        case 253: return try number(3)
        case 254: return try number(8)
        default: throw WireFault.malformed("a length that begins with 255")
        }
    }

    /// Skips a text behind its length.
    ///
    /// - Returns: the text's bytes.
    @inline(__always)
    @discardableResult
    mutating func text() throws(WireFault) -> UnsafeRawBufferPointer {
        guard let count = try length() else { throw WireFault.malformed("NULL in place of a text") }
        guard count <= UInt64(rest) else { throw Self.cutShort }
        let start = position
        position += Int(count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// The bytes before the next zero, which is skipped too.
    mutating func terminated() throws(WireFault) -> Int {
        guard let end = bytes[position...].firstIndex(of: 0) else {
            throw WireFault.malformed("a text without its end")
        }
        defer { position = end + 1 }
        return end - position
    }
}
