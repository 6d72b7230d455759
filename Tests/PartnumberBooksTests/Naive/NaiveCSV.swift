/// A small parser of the fixtures' CSV, byte by byte: RFC 4180, UTF-8, and an unquoted `\N` for NULL.
struct NaiveCSV {
    /// What the parser cannot make sense of.
    enum Failure: Error {
        case notUTF8
        case quoteNotClosed
        case textAfterQuote
        case wrongFieldCount(record: Int)
    }

    let header: [String]
    /// The records after the header, each with one field per column.
    let records: [[String?]]

    init(_ content: [UInt8]) throws {
        var records = try Self.parse(content)
        header = records.isEmpty ? [] : records.removeFirst().map { $0 ?? "" }
        for (index, record) in records.enumerated() where record.count != header.count {
            throw Failure.wrongFieldCount(record: index + 1)
        }
        self.records = records
    }

    /// The field of a column, or nil where it is NULL or the file has no such column.
    func field(_ column: String, of record: [String?]) -> String? {
        guard let index = header.firstIndex(of: column) else {
            return nil
        }
        return record[index]
    }

    private static func parse(_ content: [UInt8]) throws -> [[String?]] {
        let comma = UInt8(ascii: ",")
        let quote = UInt8(ascii: "\"")
        let (carriageReturn, lineFeed): (UInt8, UInt8) = (0x0D, 0x0A)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

        var at = content.starts(with: mark) ? mark.count : 0
        var result: [[String?]] = []
        while at < content.count {
            var record: [String?] = []
            var recordEnds = false
            while !recordEnds {
                var field: [UInt8] = []
                let isQuoted = at < content.count && content[at] == quote
                if isQuoted {
                    at += 1
                    while at < content.count, content[at] != quote || content[at...].starts(with: [quote, quote]) {
                        at += content[at] == quote ? 2 : 1
                        field.append(content[at - 1])
                    }
                    guard at < content.count else {
                        throw Failure.quoteNotClosed
                    }
                    at += 1
                } else {
                    while at < content.count, content[at] != comma, content[at] != lineFeed,
                        !content[at...].starts(with: [carriageReturn, lineFeed])
                    {
                        field.append(content[at])
                        at += 1
                    }
                }
                record.append(try text(field, isQuoted: isQuoted))

                if at == content.count {
                    recordEnds = true
                } else if content[at] == comma {
                    at += 1
                } else if content[at] == lineFeed {
                    at += 1
                    recordEnds = true
                } else if content[at...].starts(with: [carriageReturn, lineFeed]) {
                    at += 2
                    recordEnds = true
                } else {
                    throw Failure.textAfterQuote
                }
            }
            result.append(record)
        }
        return result
    }

    private static func text(_ field: [UInt8], isQuoted: Bool) throws -> String? {
        if !isQuoted && field == Array("\\N".utf8) {
            return nil
        }
        guard let text = String(validating: field, as: UTF8.self) else {
            throw Failure.notUTF8
        }
        return text
    }
}
