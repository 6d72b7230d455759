/// Texts in a workbook's XML (ECMA-376, 22.4 and 22.9.2.19).
enum WorkbookText {
    /// The most UTF-16 units of a cell.
    static let longest = 32_767

    /// Appends a text, so that every program reads the same one.
    ///
    /// What XML cannot hold, or reads as something else (a carriage return), becomes `_xHHHH_`; a text that looks like that has its
    /// first underscore written so.
    static func append(_ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        var start = 0
        var at = 0
        while at < text.count {
            let length = special(text, at)
            guard length > 0 else {
                at += 1
                continue
            }
            buffer.append(contentsOf: text[start..<at])
            append(special: text, at, to: &buffer)
            at += length
            start = at
        }
        buffer.append(contentsOf: text[start...])
    }

    /// How many bytes from `at` on must be written otherwise; 0 for none.
    private static func special(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int {
        switch text[at] {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"): 1
        case 0x09, 0x0A: 0
        case 0..<0x20: 1
        case UInt8(ascii: "_"): looksEscaped(text, at) ? 1 : 0
        // U+FFFE and U+FFFF.
        case 0xEF where at + 2 < text.count && text[at + 1] == 0xBF && text[at + 2] >= 0xBE: 3
        default: 0
        }
    }

    private static func append(special text: UnsafeRawBufferPointer, _ at: Int, to buffer: inout [UInt8]) {
        switch text[at] {
        case UInt8(ascii: "&"): buffer += "&amp;".utf8
        case UInt8(ascii: "<"): buffer += "&lt;".utf8
        case UInt8(ascii: ">"): buffer += "&gt;".utf8
        case 0xEF: buffer += (text[at + 2] == 0xBE ? "_xFFFE_" : "_xFFFF_").utf8
        case let byte: buffer += "_x00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16, uppercase: true))_".utf8
        }
    }

    /// Programs want four digits and an underscore behind them, or fewer, or take the underscore of what follows: so whatever begins
    /// like an escape counts as one.
    private static func looksEscaped(_ text: UnsafeRawBufferPointer, _ at: Int) -> Bool {
        guard at + 2 < text.count, text[at + 1] == UInt8(ascii: "x") else { return false }
        return switch text[at + 2] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// UTF-16 units of a text, which is what Excel counts.
    static func length(_ text: UnsafeRawBufferPointer) -> Int {
        // Each has at least one byte.
        if text.count <= longest { return text.count }
        return text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    }
}
