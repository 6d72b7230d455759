import ErrorModel

/// Where a text that a person may have written is not JSON (RFC 8259), which the library's reader does not say.
struct JSONSyntax {
    /// What is wrong, and where.
    struct Fault: Error {
        let text: DisplayText
    }

    private let bytes: [UInt8]
    private var next = 0
    /// The closing brackets that are still to come.
    private var open: [UInt8] = []

    /// - Throws: ``Fault`` for the first thing that is wrong. Numbers and escapes are left to the library's reader.
    static func check(_ bytes: some Sequence<UInt8>) throws(Fault) {
        var syntax = JSONSyntax(bytes: Array(bytes))
        try syntax.check()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func check() throws(Fault) {
        var mayClose = false
        repeat {
            // A value, and what closes with it.
            guard try !opened(mayClose: mayClose) else {
                mayClose = true
                continue
            }
            mayClose = false
            while let bracket = open.last {
                let comma = next
                if try token() == bracket {
                    next += 1
                    open.removeLast()
                    continue
                }
                guard bytes[next] == UInt8(ascii: ",") else {
                    throw Fault(
                        text:
                            "a comma or '\(Character(Unicode.Scalar(bracket)))' is missing before character \(position)"
                    )
                }
                next += 1
                if [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(try token()) {
                    skipBack(to: comma)
                    throw Fault(text: "comma before a bracket at character \(position)")
                }
                if bracket == UInt8(ascii: "}") { try name() }
                break
            }
        } while !open.isEmpty
        skipSpace()
        guard next == bytes.count else { throw Fault(text: "there is more after the end, from character \(position)") }
    }

    /// Reads a value that is none of others, or the beginning of one; true for a beginning.
    private mutating func opened(mayClose: Bool) throws(Fault) -> Bool {
        switch try token() {
        case UInt8(ascii: "["):
            next += 1
            if try token() == UInt8(ascii: "]") {
                next += 1
                return false
            }
            open.append(UInt8(ascii: "]"))
            return true
        case UInt8(ascii: "{"):
            next += 1
            if try token() == UInt8(ascii: "}") {
                next += 1
                return false
            }
            open.append(UInt8(ascii: "}"))
            try name()
            return true
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            next = bytes[next...].firstIndex { !Self.isInNumber($0) } ?? bytes.count
        default:
            guard let word = ["true", "false", "null"].first(where: { bytes[next...].starts(with: $0.utf8) }) else {
                throw Fault(text: "a value is expected at character \(position)")
            }
            next += word.utf8.count
        }
        return false
    }

    private mutating func name() throws(Fault) {
        guard try token() == UInt8(ascii: "\"") else {
            throw Fault(text: "a member's name in quotation marks is expected at character \(position)")
        }
        try string()
        guard try token() == UInt8(ascii: ":") else {
            throw Fault(text: "a colon is missing before character \(position)")
        }
        next += 1
    }

    private mutating func string() throws(Fault) {
        let start = next
        next += 1
        while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
            guard bytes[next] >= 0x20 else {
                throw Fault(text: "a control character in a text, at character \(position)")
            }
            next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard next < bytes.count else {
            next = start
            throw Fault(text: "a text without its closing quotation mark begins at character \(position)")
        }
        next += 1
    }

    // MARK: Bytes

    private mutating func skipSpace() {
        while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
    }

    /// The next byte that is no space.
    private mutating func token() throws(Fault) -> UInt8 {
        skipSpace()
        guard next < bytes.count else { throw Fault(text: "it ends too early, after character \(character)") }
        return bytes[next]
    }

    private mutating func skipBack(to comma: Int) {
        next = bytes[comma...].firstIndex(of: UInt8(ascii: ",")) ?? comma
    }

    private static func isInNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// Which character the next one is, counted from 1.
    private var position: Int { character + 1 }

    private var character: Int {
        String(decoding: bytes[..<min(next, bytes.count)], as: UTF8.self).unicodeScalars.count
    }
}
