/// A book as CSV (RFC 4180): a header, then a line for each item; NULL is an empty field, the empty text is `""`.
///
/// A spreadsheet treats a cell that begins with one of a few signs as a formula, and part numbers come from strangers.
/// Unless the export is plain, such a text gets an apostrophe in front, and so does one that begins with an apostrophe:
/// removing one apostrophe from every text that begins with one gives the texts back.
package struct CSVItems: ItemEncoder {
    private let isPlain: Bool

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let apostrophe = UInt8(ascii: "'")
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
    /// `=`, `+`, `-` and `@` in full width, which some input methods and programs take for the signs themselves.
    private static let fullWidthSigns: [[UInt8]] = ["\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].map {
        Array($0.utf8)
    }

    /// - Parameter isPlain: the texts as they are, for programs.
    package init(isPlain: Bool) {
        self.isPlain = isPlain
    }

    package var head: [UInt8] { Array("partnumber,lot_name,is_primary_pn,description".utf8) + Self.lineEnd }

    package func append(_ item: BookItem, to buffer: inout [UInt8]) {
        append(item.partnumber, to: &buffer)
        buffer.append(Self.comma)
        append(item.lot, to: &buffer)
        buffer.append(Self.comma)
        buffer.append(UInt8(ascii: item.isPrimary ? "1" : "0"))
        buffer.append(Self.comma)
        if let description = item.description { append(description, to: &buffer) }
        buffer.append(contentsOf: Self.lineEnd)
    }

    private func append(_ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        let isQuoted = text.isEmpty || text.contains(where: Self.needsQuotes)
        if isQuoted { buffer.append(Self.quote) }
        if !isPlain && Self.looksActive(text) { buffer.append(Self.apostrophe) }
        if isQuoted {
            for byte in text {
                if byte == Self.quote { buffer.append(Self.quote) }
                buffer.append(byte)
            }
            buffer.append(Self.quote)
        } else {
            buffer.append(contentsOf: text)
        }
    }

    /// What ends a field, also in the countries whose spreadsheets separate fields with `;`.
    private static func needsQuotes(_ byte: UInt8) -> Bool {
        switch byte {
        case comma, quote, 0x0A, 0x0D, 0x09, UInt8(ascii: ";"): true
        default: false
        }
    }

    /// Whether a spreadsheet might run the text, or whether its apostrophe could be confused with ours.
    private static func looksActive(_ text: UnsafeRawBufferPointer) -> Bool {
        switch text.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), apostrophe: true
        case 0x09, 0x0A, 0x0D: true
        case 0xEF: fullWidthSigns.contains { text.starts(with: $0) }
        default: false
        }
    }
}
