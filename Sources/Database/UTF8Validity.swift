extension UnsafeRawBufferPointer {
    /// Whether the bytes are UTF-8 as Unicode has it (table 3-7): nothing overlong, no surrogate, nothing beyond U+10FFFF.
    ///
    /// Looks at eight ASCII bytes at once: every text of a catalogue is asked.
    package var isValidUTF8: Bool { firstInvalidUTF8 == nil }

    /// Where the first character begins that is none; nil where the bytes are UTF-8.
    package var firstInvalidUTF8: Int? {
        var index = 0
        while true {
            while index + 8 <= count {
                if loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
                index += 8
            }
            while index < count && self[index] < 0x80 {
                index += 1
                // Back to eight at once behind a word of another script.
                if index & 7 == 0 { break }
            }
            if index >= count { return nil }
            if self[index] < 0x80 { continue }
            let length = scalarLength(at: index)
            if length == 0 { return index }
            index += length
        }
    }

    /// The bytes of the character beyond ASCII that begins at `index`; zero where there is none.
    private func scalarLength(at index: Int) -> Int {
        let rest = count - index
        switch self[index] {
        case 0xC2...0xDF: return rest >= 2 && isContinuation(index + 1) ? 2 : 0
        case 0xE0...0xEF:
            guard rest >= 3, isContinuation(index + 1), isContinuation(index + 2) else { return 0 }
            // Below U+0800 two bytes are enough; from U+D800 on there are surrogates.
            if self[index] == 0xE0 && self[index + 1] < 0xA0 { return 0 }
            return self[index] == 0xED && self[index + 1] >= 0xA0 ? 0 : 3
        case 0xF0...0xF4:
            guard rest >= 4, isContinuation(index + 1), isContinuation(index + 2), isContinuation(index + 3) else {
                return 0
            }
            if self[index] == 0xF0 && self[index + 1] < 0x90 { return 0 }
            return self[index] == 0xF4 && self[index + 1] >= 0x90 ? 0 : 4
        default: return 0
        }
    }

    private func isContinuation(_ index: Int) -> Bool {
        self[index] & 0xC0 == 0x80
    }
}
