extension DatabaseURL {
    /// Reads `sqlite:PATH` or `mariadb://user@host:port,…/schema?socket=…&tls=…&tls-ca=…` (<doc:Configuration#Database-URL>).
    package init(parsing url: String) throws(DatabaseURLError) {
        if let path = url.afterPrefix("sqlite:") {
            self = .sqlite(path: try Self.file(path))
        } else if let rest = url.afterPrefix("mariadb://") {
            self = .mariadb(try MariaDBURL(afterScheme: rest))
        } else {
            throw .unknownScheme
        }
    }

    private static func file(_ path: Substring) throws(DatabaseURLError) -> String {
        if path.isEmpty { throw .emptyPath }
        // A path that is meant as one and looks like either can begin with `./`.
        if path.unicodeScalars.elementsEqual(":memory:".unicodeScalars) { throw .inMemory }
        if path.afterPrefix("file:") != nil { throw .fileURI }
        if path.contains("://") { throw .passwordInURL }
        let firstStep = path.unicodeScalars.drop { $0 == "/" }.prefix { $0 != "/" }
        if URLPart.holdsPassword(firstStep) { throw .passwordInURL }
        return String(path)
    }
}

extension MariaDBURL {
    fileprivate init(afterScheme rest: Substring) throws(DatabaseURLError) {
        let (address, query) = rest.split(atFirst: "?")
        let (authority, path) = address.split(atFirst: "/")
        if authority.unicodeScalars.contains(where: URLPart.isColon), !authority.unicodeScalars.contains("@"),
            path?.unicodeScalars.contains("@") == true
                || (!Self.endsInPort(authority) && query?.unicodeScalars.contains("@") == true)
        {
            // The password itself holds a slash or a question mark.
            throw .passwordInURL
        }
        guard let path, !path.isEmpty else { throw .missingSchema }
        var server = authority
        var user: String?
        if let at = authority.unicodeScalars.lastIndex(of: "@") {
            user = try URLPart.user(authority[..<at])
            server = authority[authority.unicodeScalars.index(after: at)...]
        }
        self.init(user: user, hosts: try Self.hosts(server), schema: try URLPart.schema(path))
        for (index, parameter) in (query?.unicodeScalars.split(separator: "&") ?? []).enumerated() {
            let (name, rawValue) = Substring(parameter).split(atFirst: "=")
            let value = try URLPart.decoded(rawValue ?? "", name: "parameter \(index + 1)")
            switch name {
            case "socket": socket = try URLPart.path(value)
            case "tls-ca": tlsCA = try URLPart.path(value)
            case "replica":
                guard value == "write" else { throw .badReplicaMode }
                writesToReplica = true
            case "tls":
                guard let mode = TLS(rawValue: value) else { throw .badTLSMode }
                tls = mode
            default:
                throw URLPart.namesPassword(name) ? .passwordInURL : .unknownParameter(position: index + 1)
            }
        }
        if tls == .verifyCA, tlsCA == nil { throw .missingCA }
        if socket != nil, hosts.count > 1 { throw .socketForHosts }
    }

    /// Whether each colon is a port's or an address's.
    private static func endsInPort(_ authority: Substring) -> Bool {
        authority.unicodeScalars.split(separator: ",").allSatisfy { server in
            guard server.contains(":"), server.last != "]" else { return true }
            return server.split(separator: ":").last.flatMap { UInt16(String($0)) } != nil
        }
    }

    private static func hosts(_ authority: Substring) throws(DatabaseURLError) -> [MariaDBHost] {
        let servers = authority.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false).map(
            Substring.init)
        if servers.count == 1 { return [try host(authority)] }
        var hosts: [MariaDBHost] = []
        for (index, server) in servers.enumerated() {
            if server.isEmpty { throw .missingHost(position: index + 1) }
            let host: MariaDBHost
            do {
                host = try Self.host(server)
            } catch {
                throw error.inList(at: index + 1)
            }
            if hosts.contains(where: { $0.label.lowercased() == host.label.lowercased() }) {
                throw .repeatedHost(position: index + 1)
            }
            hosts.append(host)
        }
        return hosts
    }

    private static func host(_ server: Substring) throws(DatabaseURLError) -> MariaDBHost {
        var host = server
        var portText: Substring?
        let isAddress = server.unicodeScalars.first == "["
        if isAddress, let bracket = server.unicodeScalars.firstIndex(of: "]") {
            host = server[server.unicodeScalars.index(after: server.startIndex)..<bracket]
            let after = server[server.unicodeScalars.index(after: bracket)...]
            guard after.isEmpty || after.unicodeScalars.first == ":" else { throw .badPort }
            portText = after.isEmpty ? nil : after.split(atFirst: ":").1
        } else {
            (host, portText) = server.split(atFirst: ":")
        }
        var port: UInt16?
        if let portText {
            guard portText.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
                let number = UInt16(portText), number > 0
            else { throw .badPort }
            port = number
        }
        let name = try URLPart.host(host, isAddress: isAddress)
        return MariaDBHost(name.isEmpty ? "localhost" : name, port: port)
    }
}
