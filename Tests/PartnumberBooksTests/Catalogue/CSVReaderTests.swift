import Foundation
import Harness
import TestSupport
import Testing

@testable import PartnumberBooks

@Suite("CSV")
struct CSVReaderTests {
    private func records(_ content: [UInt8]) throws -> [[String?]] {
        let path = NSTemporaryDirectory() + "/pnbook-csv-" + UUID().uuidString
        try Data(content).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let reader = try CSVReader(path: path)
        var records: [[String?]] = []
        while try reader.readRecord() { records.append(reader.fields.indices.map(reader.text)) }
        return records
    }

    private func records(_ content: String) throws -> [[String?]] {
        try records(Array(content.utf8))
    }

    private func place(_ content: [UInt8]) throws -> CSVPosition? {
        do {
            _ = try records(content)
            return nil
        } catch LoadError.malformed(_, let position, _) {
            return position
        }
    }

    @Test("Quotes, doubled quotes, commas and line breaks inside them")
    func quoted() throws {
        #expect(try records("a,\"b,\"\"c\"\"\r\nd\",e\r\n") == [["a", "b,\"c\"\r\nd", "e"]])
        #expect(try records("\"\",\"\"\"\"\n") == [["", "\""]])
    }

    @Test("CRLF, LF, a missing last line end, empty lines and a byte order mark")
    func lineEnds() throws {
        #expect(try records("a,b\r\nc,d\n\r\n\ne,f") == [["a", "b"], ["c", "d"], ["e", "f"]])
        #expect(try records([0xEF, 0xBB, 0xBF] + Array("a\n".utf8)) == [["a"]])
        #expect(try records("") == [])
        #expect(try records("a,\n,\n") == [["a", ""], ["", ""]])
        #expect(try records("\"\"\n") == [[""]])
    }

    @Test("An unquoted \\N is NULL, a quoted one is two characters")
    func null() throws {
        #expect(try records("\\N,\"\\N\",\\n,\\NN\n") == [[nil, "\\N", "\\n", "\\NN"]])
    }

    @Test("A mistake is named by line and column, in characters")
    func positions() throws {
        #expect(try place(Array("a,b\nж,x\"y\n".utf8)) == CSVPosition(line: 2, column: 4))
        #expect(try place(Array("a\n\"b\nc".utf8)) == CSVPosition(line: 2, column: 1))
        #expect(try place(Array("a,\"b\"c\n".utf8)) == CSVPosition(line: 1, column: 6))
        #expect(try place(Array("a\rb\n".utf8)) == CSVPosition(line: 1, column: 2))
        #expect(try place(Array("\"x\ny\",z\nq,\u{0}\n".utf8)) == CSVPosition(line: 3, column: 3))
        #expect(try place(Array("a,".utf8) + [0xFF, 0x0A]) == CSVPosition(line: 1, column: 3))
    }

    @Test("A file larger than one read is read whole, wherever the reads cut it")
    func large() throws {
        var generator = SplitMix64(seed: 7)
        var content = ""
        var expected: [[String?]] = []
        for row in 0..<20_000 {
            let text = String(repeating: "ж\"\r\n,", count: Int.random(in: 0...5, using: &generator)) + String(row)
            content += "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"," + String(row) + "\r\n"
            expected.append([text, String(row)])
        }
        #expect(content.utf8.count > 512 << 10)
        #expect(try records(content) == expected)
    }

    @Test("A byte order mark and another encoding are told however little a pipe gives at once", arguments: [1, 2, 7])
    func littleAtOnce(bytes: Int) throws {
        let folder = try ScratchFolder()
        let marked = try folder.write(Data([0xEF, 0xBB, 0xBF] + Array("a,\"b\"\n".utf8)), to: "marked.csv")
        let reader = try CSVReader(path: marked, pieceBytes: bytes)
        #expect(try reader.readRecord())
        #expect(reader.fields.indices.map(reader.text) == ["a", "b"])
        #expect(try reader.readRecord() == false)
        let foreign = try folder.write(Data("a,b\n".utf16.flatMap { [UInt8($0), 0] }), to: "foreign.csv")
        #expect(throws: LoadError.self) { try CSVReader(path: foreign, pieceBytes: bytes) }
    }

    @Test("A file that is not there is named")
    func missing() throws {
        let error = #expect(throws: LoadError.self) { try CSVReader(path: "/nowhere/lot.csv") }
        #expect(error.map { "\($0)" }?.contains("/nowhere/lot.csv") == true)
    }
}
