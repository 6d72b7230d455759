import CZlib
import Foundation
import FoundationXML

/// A small reader of `.xlsx` files that shares nothing with the writer but the compression library: the archive's directory, and the
/// sheets' rows through an XML parser.
struct WorkbookFile {
    struct Malformed: Error {
        let reason: String
    }

    /// A cell's text, and whether its style says that it is one.
    struct Cell: Equatable {
        let text: String
        let isTextStyle: Bool
    }

    /// The files in the archive, by name.
    let files: [String: [UInt8]]
    /// The sheets' names in order.
    let sheetNames: [String]
    /// The sheets' rows, the header included; a column that has no cell is nil.
    let sheets: [[[Cell?]]]

    init(_ bytes: [UInt8]) throws {
        files = try Self.unpack(bytes)
        let workbook = try Elements(files["xl/workbook.xml"])
        let relations = try Elements(files["xl/_rels/workbook.xml.rels"])
        let types = try Elements(files["[Content_Types].xml"])
        let sheetElements = workbook.all.filter { $0.name == "sheet" }
        sheetNames = sheetElements.map { $0.attributes["name"] ?? "" }
        let files = files
        sheets = try sheetElements.map { sheet in
            let target = relations.all.first { $0.attributes["Id"] == sheet.attributes["r:id"] }?.attributes["Target"]
            let path = "xl/" + (target ?? "?")
            guard types.all.contains(where: { $0.attributes["PartName"] == "/" + path }) else {
                throw Malformed(reason: "\(path) has no type")
            }
            return try Self.rows(try Elements(files[path]))
        }
    }

    // MARK: The archive

    private static func unpack(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
        let number = { (at: Int, count: Int) in (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        let end = bytes.count - 22
        guard end >= 0, number(end, 4) == 0x0605_4B50 else { throw Malformed(reason: "no end of the directory") }
        var (at, files) = (number(end + 16, 4), [String: [UInt8]]())
        for _ in 0..<number(end + 10, 2) {
            guard number(at, 4) == 0x0201_4B50 else { throw Malformed(reason: "no entry at \(at)") }
            let (checksum, packed, size) = (number(at + 16, 4), number(at + 20, 4), number(at + 24, 4))
            let length = number(at + 28, 2)
            let name = String(decoding: bytes[(at + 46)..<(at + 46 + length)], as: UTF8.self)
            let start = number(at + 42, 4)
            guard number(start, 4) == 0x0403_4B50, number(start + 26, 2) == length else {
                throw Malformed(reason: "\(name) has no header")
            }
            let content = Array(bytes[(start + 30 + length)..<(start + 30 + length + packed)])
            let file = number(at + 10, 2) == 0 ? content : try inflated(content, size)
            guard file.count == size, crc32(0, file, UInt32(size)) == UInt(checksum) else {
                throw Malformed(reason: "\(name) is damaged")
            }
            guard files.updateValue(file, forKey: name) == nil else {
                throw Malformed(reason: "\(name) is there twice")
            }
            at += 46 + length
        }
        guard at == end else { throw Malformed(reason: "something is between directory and end") }
        return files
    }

    private static func inflated(_ packed: [UInt8], _ size: Int) throws -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Malformed(reason: "zlib")
        }
        defer { inflateEnd(&stream) }
        var (packed, result) = (packed, [UInt8](repeating: 0, count: size + 1))
        let code = packed.withUnsafeMutableBufferPointer { input in
            result.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw Malformed(reason: "not compressed as it should be: \(code)") }
        return Array(result[..<Int(stream.total_out)])
    }

    // MARK: The sheets

    private static func rows(_ sheet: Elements) throws -> [[Cell?]] {
        var rows: [[Cell?]] = []
        for element in sheet.all {
            switch element.name {
            case "row":
                rows.append([nil, nil, nil, nil])
                guard element.attributes["r"] == String(rows.count) else {
                    throw Malformed(reason: "row \(rows.count)")
                }
            case "c":
                let column = ["A", "B", "C", "D"].firstIndex { element.attributes["r"] == $0 + String(rows.count) }
                guard let column, element.attributes["t"] == "inlineStr" else { throw Malformed(reason: "a cell") }
                rows[rows.count - 1][column] = Cell(
                    text: decoded(element.text), isTextStyle: ["1", "2"].contains(element.attributes["s"]))
            case "f", "v": throw Malformed(reason: "a formula or a value")
            default: break
            }
        }
        return rows
    }

    /// `_x000D_` as the character that it means.
    private static func decoded(_ text: String) -> String {
        text.replacing(/_x([0-9A-Fa-f]{4})_/.matchingSemantics(.unicodeScalar)) { match in
            UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map(String.init) ?? String(match.0)
        }
    }

    /// The elements of a document in the order of their beginnings, with the text inside each.
    private final class Elements: NSObject, XMLParserDelegate {
        struct Element {
            let name: String
            let attributes: [String: String]
            var text = ""
        }

        private(set) var all: [Element] = []
        private var open: [Int] = []

        init(_ bytes: [UInt8]?) throws {
            super.init()
            guard let bytes else { throw Malformed(reason: "a part is missing") }
            let parser = XMLParser(data: Data(bytes))
            parser.delegate = self
            guard parser.parse() else { throw Malformed(reason: "\(String(describing: parser.parserError))") }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append(all.count)
            all.append(Element(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            for index in open { all[index].text += text }
        }
    }
}
