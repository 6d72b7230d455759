/// A small reader of RFC 4180 alone: CR LF ends a record, a quote occurs in quoted fields only, doubled.
struct StrictCSV {
    struct Field: Equatable {
        var bytes: [UInt8] = []
        var isQuoted = false

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    struct Malformed: Error {
        let offset: Int
    }

    private(set) var records: [[Field]] = []

    init(_ bytes: [UInt8]) throws {
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        var at = 0
        while at < bytes.count {
            var record: [Field] = []
            var isOver = false
            while !isOver {
                var field = Field()
                if at < bytes.count, bytes[at] == quote {
                    field.isQuoted = true
                    at += 1
                    while true {
                        guard at < bytes.count else { throw Malformed(offset: at) }
                        if bytes[at] != quote {
                            field.bytes.append(bytes[at])
                            at += 1
                        } else if at + 1 < bytes.count, bytes[at + 1] == quote {
                            field.bytes.append(quote)
                            at += 2
                        } else {
                            at += 1
                            break
                        }
                    }
                } else {
                    while at < bytes.count, bytes[at] != comma, bytes[at] != 0x0D {
                        guard bytes[at] != quote, bytes[at] != 0x0A else { throw Malformed(offset: at) }
                        field.bytes.append(bytes[at])
                        at += 1
                    }
                }
                record.append(field)
                if at < bytes.count, bytes[at] == comma {
                    at += 1
                } else if at + 1 < bytes.count, bytes[at] == 0x0D, bytes[at + 1] == 0x0A {
                    at += 2
                    isOver = true
                } else {
                    throw Malformed(offset: at)
                }
            }
            records.append(record)
        }
    }
}
