import ErrorModel

/// A book as NDJSON: an object on each line, with the names of the reader's columns (<doc:ExportFormats#NDJSON>).
package struct NDJSONItems: ItemEncoder {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let digits = Array("0123456789abcdef".utf8)

    package init() {}

    package var head: [UInt8] { [] }

    package func append(_ item: BookItem, to buffer: inout [UInt8]) {
        Self.append("{\"partnumber\":", to: &buffer)
        Self.append(item.partnumber, to: &buffer)
        Self.append(",\"lot_name\":", to: &buffer)
        Self.append(item.lot, to: &buffer)
        Self.append(item.isPrimary ? ",\"is_primary_pn\":true" : ",\"is_primary_pn\":false", to: &buffer)
        if let description = item.description {
            Self.append(",\"description\":", to: &buffer)
            Self.append(description, to: &buffer)
            Self.append("}\n", to: &buffer)
        } else {
            Self.append(",\"description\":null}\n", to: &buffer)
        }
    }

    private static func append(_ text: StaticString, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A text as JSON's string. Beside the quote, the backslash and C0 controls (RFC 8259, 7) it escapes the other hidden scalars,
    /// which JSON allows: programs that read lines end one at some of them.
    private static func append(_ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        buffer.append(quote)
        var rest = text[...]
        while let special = rest.firstIndex(where: { $0 < 0x20 || $0 == quote || $0 == backslash || $0 >= 0x7F }) {
            buffer.append(contentsOf: rest[..<special])
            if rest[special] < 0x7F {
                append(escaped: rest[special], to: &buffer)
                rest = rest[(special + 1)...]
            } else {
                // As far as the next ASCII character.
                let end = rest[special...].firstIndex { $0 < 0x7F } ?? rest.endIndex
                append(beyondASCII: UnsafeRawBufferPointer(rebasing: rest[special..<end]), to: &buffer)
                rest = rest[end...]
            }
        }
        buffer.append(contentsOf: rest)
        buffer.append(quote)
    }

    private static func append(beyondASCII text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        guard scalars.contains(where: \.isHidden) else {
            buffer.append(contentsOf: text)
            return
        }
        for scalar in scalars {
            buffer.append(contentsOf: (scalar.isHidden ? scalar.escapedInJSON : String(scalar)).utf8)
        }
    }

    private static func append(escaped byte: UInt8, to buffer: inout [UInt8]) {
        buffer.append(backslash)
        switch byte {
        case quote, backslash: buffer.append(byte)
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x0A: buffer.append(UInt8(ascii: "n"))
        case 0x0D: buffer.append(UInt8(ascii: "r"))
        default:
            append("u00", to: &buffer)
            buffer.append(digits[Int(byte >> 4)])
            buffer.append(digits[Int(byte & 0xF)])
        }
    }
}
