/// A text in UTF-16, in SQLite's memory.
struct UTF16Text {
    private let bytes: UnsafeRawBufferPointer
    private let isBigEndian: Bool

    init(_ start: UnsafeRawPointer?, _ count: Int32, isBigEndian: Bool) {
        bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
        self.isBigEndian = isBigEndian
    }

    /// Whole units; half of one may be left over.
    private var count: Int { bytes.count / 2 }

    private func unit(_ index: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
        return isBigEndian ? first << 8 | second : second << 8 | first
    }

    /// Negative, zero or positive, by code points.
    func order(to other: UTF16Text) -> Int32 {
        for index in 0..<min(count, other.count) {
            let (left, right) = (unit(index), other.unit(index))
            if left != right { return Self.rank(left) < Self.rank(right) ? -1 : 1 }
        }
        return count == other.count ? 0 : count < other.count ? -1 : 1
    }

    /// Surrogates are of code points above all others, though not above all units.
    private static func rank(_ unit: UInt16) -> UInt16 {
        switch unit {
        case 0xD800...0xDFFF: unit + 0x2000
        case 0xE000...: unit - 0x0800
        default: unit
        }
    }

    /// Bytes that ``write(to:)`` needs at most.
    var utf8Limit: Int { 3 * count + 1 }

    /// Writes the text in UTF-8. What is not a text is not UTF-8 then either: a surrogate that is alone becomes the three bytes
    /// that would be its own, and half a unit the byte FF.
    ///
    /// - Returns: how many bytes were written.
    func write(to target: UnsafeMutableRawBufferPointer) -> Int {
        var written = 0
        func put(_ byte: UInt32) {
            target[written] = UInt8(truncatingIfNeeded: byte)
            written += 1
        }
        var index = 0
        while index < count {
            var scalar = UInt32(unit(index))
            index += 1
            if 0xD800...0xDBFF ~= scalar, index < count, 0xDC00...0xDFFF ~= unit(index) {
                scalar = 0x10000 + (scalar - 0xD800) << 10 + UInt32(unit(index) - 0xDC00)
                index += 1
            }
            switch scalar {
            case ..<0x80:
                put(scalar)
            case ..<0x800:
                put(0xC0 | scalar >> 6)
                put(0x80 | scalar & 0x3F)
            case ..<0x10000:
                put(0xE0 | scalar >> 12)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            default:
                put(0xF0 | scalar >> 18)
                put(0x80 | scalar >> 12 & 0x3F)
                put(0x80 | scalar >> 6 & 0x3F)
                put(0x80 | scalar & 0x3F)
            }
        }
        if bytes.count % 2 == 1 { put(0xFF) }
        return written
    }
}
