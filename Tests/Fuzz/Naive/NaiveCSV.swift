@testable import PartnumberBooks

/// A second reader of CSV: the whole text in memory, and each place counted from the beginning.
struct NaiveCSV {
    /// Nil for NULL.
    private(set) var records: [[[UInt8]?]] = []
    /// The place of the first error.
    private(set) var failure: CSVPosition?

    private let text: [UInt8]
    private let start: Int
    private var at: Int

    private struct Failure: Error {
        let offset: Int
    }

    init(_ bytes: [UInt8]) {
        text = bytes
        start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        at = start
        do {
            while at < text.count {
                if let record = try record() { records.append(record) }
            }
        } catch let error as Failure {
            failure = position(of: error.offset)
        } catch {}
    }

    private func has(_ bytes: String, at offset: Int) -> Bool {
        text[offset...].starts(with: bytes.utf8)
    }

    private func position(of offset: Int) -> CSVPosition {
        let before = text[start..<offset]
        let line = before.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
        return CSVPosition(line: before.count { $0 == 0x0A } + 1, column: line.count { $0 & 0xC0 != 0x80 } + 1)
    }

    /// Nil for an empty line.
    private mutating func record() throws -> [[UInt8]?]? {
        var fields: [(offset: Int, text: [UInt8], isQuoted: Bool)] = []
        repeat {
            if !fields.isEmpty { at += 1 }
            fields.append(try field())
        } while has(",", at: at)
        if at < text.count {
            if has("\r\n", at: at) {
                at += 2
            } else if has("\n", at: at) {
                at += 1
            } else {
                throw Failure(offset: at)
            }
        }
        if fields.count == 1, fields[0].text.isEmpty, !fields[0].isQuoted { return nil }
        for field in fields where field.text.contains(0) || String(validating: field.text, as: UTF8.self) == nil {
            throw Failure(offset: field.offset)
        }
        return fields.map { !$0.isQuoted && $0.text == Array("\\N".utf8) ? nil : $0.text }
    }

    private mutating func field() throws -> (offset: Int, text: [UInt8], isQuoted: Bool) {
        let offset = at
        guard has("\"", at: at) else {
            while at < text.count, !",\r\n".utf8.contains(text[at]) {
                if has("\"", at: at) { throw Failure(offset: at) }
                at += 1
            }
            return (offset, Array(text[offset..<at]), false)
        }
        at += 1
        var content: [UInt8] = []
        while at < text.count, !has("\"", at: at) || has("\"\"", at: at) {
            at += has("\"", at: at) ? 2 : 1
            content.append(text[at - 1])
        }
        if at == text.count { throw Failure(offset: offset) }
        at += 1
        return (offset, content, true)
    }
}
