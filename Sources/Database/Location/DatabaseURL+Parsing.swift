extension DatabaseURL {
    /// Reads `sqlite:PATH` or `mariadb://user@host:port/schema?socket=…&tls=…&tls-ca=…` (<doc:Configuration#Database-URL>).
    package init(parsing url: String) throws(DatabaseURLError) {
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            guard !path.allSatisfy(\.isWhitespace) else { throw .emptyPath }
            // SQLite keeps the one nowhere, and reads options out of the other.
            if path.lowercased() == ":memory:" { throw .memory }
            if path.lowercased().hasPrefix("file:") { throw .fileURI }
            self = .sqlite(path: path)
        } else if url.hasPrefix("mariadb://") {
            self = .mariadb(try MariaDBURL(afterScheme: url.dropFirst("mariadb://".count)))
        } else {
            throw .unknownScheme
        }
    }
}

extension MariaDBURL {
    fileprivate init(afterScheme rest: Substring) throws(DatabaseURLError) {
        let (address, query) = rest.split(atFirst: "?")
        let (authority, path) = address.split(atFirst: "/")
        if authority.contains(":"), !authority.contains("@"),
            path?.contains("@") == true || (!Self.endsInPort(authority) && query?.contains("@") == true)
        {
            // The password itself holds a slash or a question mark.
            throw .passwordInURL
        }
        guard let path, !path.isEmpty else { throw .missingSchema }
        var server = authority
        var user: String?
        if let at = authority.lastIndex(of: "@") {
            let userinfo = authority[..<at]
            guard !userinfo.contains(":") else { throw .passwordInURL }
            user = try Self.decoded(userinfo, part: "user")
            server = authority[authority.index(after: at)...]
        }
        let (host, port) = try Self.hostAndPort(server)
        self.init(user: user, host: host, port: port, schema: try Self.decoded(path, part: "schema"))
        for parameter in query?.split(separator: "&") ?? [] {
            let (name, rawValue) = parameter.split(atFirst: "=")
            let value = try Self.decoded(rawValue ?? "", part: "parameter \(name)")
            switch name {
            case "socket": socket = value
            case "tls-ca": tlsCA = value
            case "tls":
                guard let mode = TLS(rawValue: value) else { throw .badTLSMode(value) }
                tls = mode
            case "password": throw .passwordInURL
            default: throw .unknownParameter(String(name))
            }
        }
        if tls == .verifyCA, tlsCA == nil { throw .missingCA }
    }

    private static func endsInPort(_ authority: Substring) -> Bool {
        authority.split(separator: ":").last.flatMap { UInt16($0) } != nil
    }

    private static func hostAndPort(_ server: Substring) throws(DatabaseURLError) -> (String, UInt16?) {
        var host = server
        var portText: Substring?
        if server.hasPrefix("["), let bracket = server.firstIndex(of: "]") {
            host = server[server.index(after: server.startIndex)..<bracket]
            let after = server[server.index(after: bracket)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .badPort(String(after)) }
            portText = after.isEmpty ? nil : after.dropFirst()
        } else {
            (host, portText) = server.split(atFirst: ":")
        }
        var port: UInt16?
        if let portText {
            guard portText.allSatisfy(\.isNumber), let number = UInt16(portText), number > 0 else {
                throw .badPort(String(portText))
            }
            port = number
        }
        let name = try decoded(host, part: "host")
        return (name.isEmpty ? "localhost" : name, port)
    }

    private static func decoded(_ text: Substring, part: String) throws(DatabaseURLError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let code = UInt8(digits, radix: 16) else {
                throw .badEscape(part)
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badEscape(part) }
        return text
    }
}

extension Substring {
    /// The text before the first `separator`, and after it; nil where there is no separator.
    fileprivate func split(atFirst separator: Character) -> (Substring, Substring?) {
        guard let index = firstIndex(of: separator) else { return (self, nil) }
        return (self[..<index], self[self.index(after: index)...])
    }
}
