/// Trimming by Unicode White_Space, on UTF-8 in place (<doc:BookRules#Trimmed>).
enum Whitespace {
    /// `utf8` without leading and trailing White_Space; a view of the same memory.
    static func trimmed(_ utf8: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = utf8.count
        while start < end {
            let length = blankLength(at: start, in: utf8, end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            let length = blankLength(before: end, in: utf8, start)
            if length == 0 { break }
            end -= length
        }
        return UnsafeRawBufferPointer(rebasing: utf8[start..<end])
    }

    /// The bytes of the White_Space character that begins at `index`; zero for any other.
    private static func blankLength(at index: Int, in utf8: UnsafeRawBufferPointer, _ end: Int) -> Int {
        let first = utf8[index]
        if first < 0x80 { return isASCIIBlank(first) ? 1 : 0 }
        if first == 0xC2, index + 1 < end { return isTwoByteBlank(utf8[index + 1]) ? 2 : 0 }
        if index + 2 < end { return isThreeByteBlank(first, utf8[index + 1], utf8[index + 2]) ? 3 : 0 }
        return 0
    }

    /// The bytes of the White_Space character that ends before `end`; zero for any other.
    private static func blankLength(before end: Int, in utf8: UnsafeRawBufferPointer, _ start: Int) -> Int {
        let last = utf8[end - 1]
        if last < 0x80 { return isASCIIBlank(last) ? 1 : 0 }
        if end - start >= 2, utf8[end - 2] == 0xC2 { return isTwoByteBlank(last) ? 2 : 0 }
        if end - start >= 3 { return isThreeByteBlank(utf8[end - 3], utf8[end - 2], last) ? 3 : 0 }
        return 0
    }

    /// U+0009…U+000D, U+0020.
    private static func isASCIIBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// After C2: U+0085, U+00A0.
    private static func isTwoByteBlank(_ second: UInt8) -> Bool {
        second == 0x85 || second == 0xA0
    }

    /// U+1680, U+2000…U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
    private static func isThreeByteBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xE1, 0x9A): third == 0x80
        case (0xE2, 0x80): (0x80...0x8A).contains(third) || third == 0xA8 || third == 0xA9 || third == 0xAF
        case (0xE2, 0x81): third == 0x9F
        case (0xE3, 0x80): third == 0x80
        default: false
        }
    }
}
