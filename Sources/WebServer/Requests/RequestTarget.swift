/// The path and the query of a request line, decoded.
///
/// Stricter than the standard: what two readers could read in two ways is refused, so that a path means the same to a proxy in front
/// of the server, to sign-in and to the routes.
struct RequestTarget {
    let path: String
    let query: [(name: String, value: String)]

    /// - Throws: ``WebRefusal/malformed(reason:)``.
    init(_ target: String) throws(WebRefusal) {
        let bytes = Array(target.utf8)
        guard bytes.first == UInt8(ascii: "/") else { throw .malformed(reason: "target without a path") }
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw .malformed(reason: "target with bytes that are to be escaped")
        }
        let parts = bytes.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        path = try Self.path(parts[0])
        query = parts.count > 1 ? try Self.query(parts[1]) : []
    }

    private static func path(_ bytes: ArraySlice<UInt8>) throws(WebRefusal) -> String {
        let segments = bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var path = ""
        for (index, segment) in segments.enumerated() {
            let text = try decoded(segment)
            guard !text.isEmpty || index == segments.count - 1 else {
                throw .malformed(reason: "path with an empty segment")
            }
            guard text != ".", text != ".." else { throw .malformed(reason: "path with dot segments") }
            guard !text.utf8.contains(UInt8(ascii: "/")), !text.utf8.contains(UInt8(ascii: "\\")) else {
                throw .malformed(reason: "path with an escaped slash")
            }
            guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
                throw .malformed(reason: "path with control characters")
            }
            path += "/" + text
        }
        return path
    }

    private static func query(_ bytes: ArraySlice<UInt8>) throws(WebRefusal) -> [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        for field in bytes.split(separator: UInt8(ascii: "&")) {
            let pair = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decoded(pair[0], plusIsBlank: true)
            let value = pair.count > 1 ? try decoded(pair[1], plusIsBlank: true) : ""
            guard !name.utf8.contains(0), !value.utf8.contains(0) else { throw .malformed(reason: "query with NUL") }
            query.append((name: name, value: value))
        }
        return query
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) throws(WebRefusal) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    throw .malformed(reason: "escape without two hexadecimal digits")
                }
                plain.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: plain.append(UInt8(ascii: " "))
            default: plain.append(byte)
            }
        }
        guard let text = String(validating: plain, as: UTF8.self) else {
            throw .malformed(reason: "target that is not UTF-8")
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
