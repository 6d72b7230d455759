import NIOCore
import NIOHTTP1

/// A request's header, once it has been found to be one that this server takes.
///
/// The parser has refused what is not HTTP, or can be framed in two ways; here is what it leaves to the server.
struct RequestHead {
    let method: String
    let target: RequestTarget
    let headers: WebHeaders
    /// The body has a length that is known beforehand; nil for chunks.
    let bodyLength: Int?
    let keepsAlive: Bool
    /// The client waits for a word before it sends the body.
    let expectsContinue: Bool
    /// The client would go on in another protocol: the parser has stopped after this request, whatever it is answered.
    let asksForUpgrade: Bool

    /// - Throws: ``WebRefusal``.
    init(_ head: HTTPRequestHead, bodyLimit: Int) throws(WebRefusal) {
        guard head.version.major == 1, head.version.minor <= 1 else { throw .version }
        let isOld = head.version.minor == 0
        var headers = WebHeaders()
        for (name, value) in head.headers {
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
                throw .malformed(reason: "field with control characters")
            }
            headers.append(name, value)
        }
        try Self.checkHost(headers, isRequired: !isOld)

        let codings = headers.values(of: "Transfer-Encoding")
        if !codings.isEmpty {
            guard !isOld else { throw .malformed(reason: "transfer coding in HTTP/1.0") }
            guard codings.count == 1, codings[0].lowercased() == "chunked" else { throw .transferCoding }
            guard headers.first(of: "Content-Length") == nil else {
                throw .malformed(reason: "body with a length and in chunks")
            }
            bodyLength = nil
        } else {
            bodyLength = try Self.length(headers)
            guard (bodyLength ?? 0) <= bodyLimit else { throw .bodyTooLarge(limit: bodyLimit) }
        }
        let expectations = headers.values(of: "Expect")
        guard expectations.allSatisfy({ $0.lowercased() == "100-continue" }) else { throw .expectation }
        expectsContinue = !expectations.isEmpty && !isOld && bodyLength != 0
        asksForUpgrade = headers.first(of: "Upgrade") != nil
        // HTTP/1.0 is answered, and not kept alive.
        keepsAlive = !isOld && head.isKeepAlive && !asksForUpgrade
        method = head.method.rawValue
        target = try RequestTarget(head.uri)
        self.headers = headers
    }

    /// The request with its body.
    func request(body: [UInt8], peer: String) -> WebRequest {
        WebRequest(
            method: method == "HEAD" ? "GET" : method, path: target.path, query: target.query, headers: headers,
            body: body, peer: peer)
    }

    private static func length(_ headers: WebHeaders) throws(WebRefusal) -> Int {
        let lengths = headers.values(of: "Content-Length")
        guard let first = lengths.first else { return 0 }
        guard lengths.count == 1, !first.isEmpty, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .malformed(reason: "Content-Length that is not one number")
        }
        return Int(first) ?? .max
    }

    /// One host, with a port or without: it is compared with `Origin`, so that it has to be what browsers and proxies take it for.
    private static func checkHost(_ headers: WebHeaders, isRequired: Bool) throws(WebRefusal) {
        let hosts = headers.values(of: "Host")
        guard let host = hosts.first else {
            guard isRequired else { return }
            throw .malformed(reason: "no Host")
        }
        guard hosts.count == 1 else { throw .malformed(reason: "more than one Host") }
        guard isHost(host) else { throw .malformed(reason: "Host that is not a name or an address") }
    }

    private static func isHost(_ host: String) -> Bool {
        var name = host[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            let port = host[host.index(after: colon)...]
            guard port.utf8.count <= 5, port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
            name = host[..<colon]
        }
        if name.hasPrefix("["), name.hasSuffix("]") {
            let address = name.dropFirst().dropLast()
            return !address.isEmpty && address.utf8.allSatisfy { $0 == UInt8(ascii: ":") || isNamePart($0, hex: true) }
        }
        return !name.isEmpty && name.utf8.count <= 255 && name.utf8.allSatisfy { isNamePart($0, hex: false) }
    }

    private static func isNamePart(_ byte: UInt8, hex: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"): !hex
        case UInt8(ascii: "-"), UInt8(ascii: "_"): !hex
        default: false
        }
    }
}
