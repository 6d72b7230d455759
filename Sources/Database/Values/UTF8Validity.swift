extension UnsafeRawBufferPointer {
    /// Whether the bytes are UTF-8 as Unicode has it (table 3-7): nothing overlong, no surrogate, nothing beyond U+10FFFF.
    package var isValidUTF8: Bool { firstInvalidUTF8 == nil }

    /// The index of the first byte that is not UTF-8; nil where all are.
    ///
    /// Every text of a catalogue is checked, and nearly all are ASCII, which is tested eight bytes at a time.
    package var firstInvalidUTF8: Int? {
        guard let start = baseAddress, !isASCII(start) else { return nil }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        var index = 0
        while index < count {
            let first = bytes[index]
            if first < 0x80 {
                index += 1
            } else if first < 0xE0 {
                // The letters of most scripts beyond ASCII, four at once.
                if index + 8 <= count, Self.areFourOfTwo(start.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                    index += 8
                    continue
                }
                guard first >= 0xC2, index + 1 < count, bytes[index + 1] & 0xC0 == 0x80 else { return index }
                index += 2
            } else {
                let length = Self.length(of: bytes + index, rest: count - index)
                if length == 0 { return index }
                index += length
            }
        }
        return nil
    }

    private func isASCII(_ start: UnsafeRawPointer) -> Bool {
        var all: UInt64 = 0
        guard count >= 8 else {
            for index in 0..<count { all |= UInt64(start.load(fromByteOffset: index, as: UInt8.self)) }
            return all < 0x80
        }
        var index = 0
        while index <= count - 8 {
            all |= start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        // The rest, with some of the bytes before it.
        all |= start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        return all & 0x8080_8080_8080_8080 == 0
    }

    /// Whether the word is four characters of two bytes each, the first byte in the lowest bits.
    private static func areFourOfTwo(_ word: UInt64) -> Bool {
        let word = UInt64(littleEndian: word)
        // 110xxxxx 10xxxxxx, and of the first byte's bits more than the lowest: C0 and C1 would be overlong.
        let leads = word & 0x001E_001E_001E_001E &+ 0x00FE_00FE_00FE_00FE
        return word & 0xC0E0_C0E0_C0E0_C0E0 == 0x80C0_80C0_80C0_80C0
            && leads & 0x0100_0100_0100_0100 == 0x0100_0100_0100_0100
    }

    /// The length of the character of three or four bytes that `bytes` begins with; zero for anything else.
    private static func length(of bytes: UnsafePointer<UInt8>, rest: Int) -> Int {
        func isContinuation(_ index: Int) -> Bool { bytes[index] & 0xC0 == 0x80 }
        switch bytes[0] {
        case 0xE0...0xEF:
            guard rest >= 3, isContinuation(1), isContinuation(2) else { return 0 }
            // Below U+0800 two bytes are enough; from U+D800 on there are surrogates.
            if bytes[0] == 0xE0 && bytes[1] < 0xA0 { return 0 }
            return bytes[0] == 0xED && bytes[1] >= 0xA0 ? 0 : 3
        case 0xF0...0xF4:
            guard rest >= 4, isContinuation(1), isContinuation(2), isContinuation(3) else { return 0 }
            if bytes[0] == 0xF0 && bytes[1] < 0x90 { return 0 }
            return bytes[0] == 0xF4 && bytes[1] >= 0x90 ? 0 : 4
        default: return 0
        }
    }
}
