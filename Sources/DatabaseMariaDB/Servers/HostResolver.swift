import Database
import ErrorModel
import Glibc
import Pipelines

/// Finds a name's addresses, in the order in which the machine would try them.
package struct HostResolver: Sendable {
    private let look: @Sendable (_ name: String) -> Answer

    enum Answer: Sendable {
        case addresses([String])
        /// As `getaddrinfo` has it.
        case failed(Int32)
    }

    /// Names that the given closure knows; nil for one that does not exist. For tests.
    package init(_ addresses: @escaping @Sendable (_ name: String) -> [String]?) {
        look = { name in addresses(name).map(Answer.addresses) ?? .failed(EAI_NONAME) }
    }

    private init(look: @escaping @Sendable (String) -> Answer) { self.look = look }

    /// The machine's own: `/etc/hosts`, DNS, whatever it is set up for.
    package static let system = HostResolver(look: lookUp)

    /// The addresses of a host's name.
    ///
    /// - Parameters:
    ///   - patience: how long the answer is waited for. The machine may go on looking for longer, on a thread of its own.
    ///   - proceed: called again and again meanwhile; throws to end the waiting.
    /// - Throws: `DatabaseError` of kind `unreachable`, and what `proceed` throws.
    func addresses(
        of location: MariaDBURL, patience: Duration, proceed: () throws -> Void
    ) throws -> [String] {
        let (look, name) = (look, location.host)
        let answer = Monitor<Answer?>(nil)
        _ = try WorkerThread("resolver") {
            let found = look(name)
            answer.withLock { $0 = found }
        }
        let deadline = ContinuousClock.now + patience
        while !answer.wait(for: .milliseconds(100), until: { $0 != nil }) {
            try proceed()
            if ContinuousClock.now >= deadline { throw Self.unknown(location, EAI_AGAIN) }
        }
        switch answer.withLock(\.self) {
        case .addresses(let addresses)? where !addresses.isEmpty: return addresses
        case .failed(let code)?: throw Self.unknown(location, code)
        case .addresses?, nil: throw Self.unknown(location, EAI_NONAME)
        }
    }

    /// As the client library says it.
    private static func unknown(_ location: MariaDBURL, _ code: Int32) -> DatabaseError {
        MariaDBConnection.connectError(
            code: 2005, message: "Unknown server host '\(location.host)' (\(code))", MariaDBOptions(location: location))
    }

    private static func lookUp(_ name: String) -> Answer {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &found)
        guard code == 0 else { return .failed(code) }
        defer { freeaddrinfo(found) }
        var addresses: [String] = []
        for entry in sequence(first: found, next: { $0?.pointee.ai_next }).compactMap(\.self) {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let isText =
                getnameinfo(
                    entry.pointee.ai_addr, entry.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0,
                    NI_NUMERICHOST)
                == 0
            let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if isText, !addresses.contains(address) { addresses.append(address) }
        }
        return .addresses(addresses)
    }

    /// Whether a host is given by its address: then there is nothing to look up.
    static func isAddress(_ name: String) -> Bool {
        var (four, six) = (in_addr(), in6_addr())
        let withoutZone = name.prefix { $0 != "%" }
        return inet_pton(AF_INET, name, &four) == 1 || inet_pton(AF_INET6, String(withoutZone), &six) == 1
    }
}
