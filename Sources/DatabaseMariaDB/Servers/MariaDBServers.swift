package import Database
package import ErrorModel
import Synchronization

/// The servers that a URL names, tried in their order, and the one that a run stays on.
///
/// Each address of each host is a candidate. Taken is the first that lets us in within seconds, that is ready, and that takes writes
/// where these are wanted. From its first connection for writing on a run stays on that server: what it has written and locked is
/// known there, and there its statements are stopped. It may move only where its work begins again: ``release()``.
package final class MariaDBServers: Sendable {
    private struct State {
        /// Where the last connection was made; tried first.
        var last: ServerCandidate?
        /// Whether every connection must be made there.
        var isKept = false
        /// How often connections have moved to another server.
        var moves = 0
        /// What the names were looked up to that have one address.
        var routes: [MariaDBHost: String] = [:]
    }

    let location: MariaDBURL
    private let resolver: HostResolver
    private let staysOnServer: Bool
    private let onPassing: @Sendable (DisplayText) -> Void
    private let state = Mutex(State())

    /// Seconds in which one of several servers must have let us in.
    private static let patience: UInt32 = 3

    /// - Parameters:
    ///   - staysOnServer: whether a connection for writing binds those that follow; not in a process that serves many.
    ///   - onPassing: told of servers that were passed over, once a connection is open.
    package init(
        _ location: MariaDBURL, resolver: HostResolver = .system, staysOnServer: Bool = true,
        onPassing: @escaping @Sendable (DisplayText) -> Void = { _ in }
    ) {
        self.location = location
        self.resolver = resolver
        self.staysOnServer = staysOnServer
        self.onPassing = onPassing
    }

    /// The work begins again, or is over: the next connection may be made to another server.
    package func release() { state.withLock { $0.isKept = false } }

    /// How often connections have moved to another server: one that was made before the last move is to the server that was left.
    package var moves: Int { state.withLock { $0.moves } }

    /// Opens a connection.
    ///
    /// - Parameters:
    ///   - options: their location is this one.
    ///   - isForWriting: whether the server must take writes.
    /// - Throws: `DatabaseError`; of several servers it names each with the reason why it was not taken.
    package func connect(_ options: MariaDBOptions, isForWriting: Bool) throws -> MariaDBConnection {
        do {
            return try choose(options, isForWriting)
        } catch let refusal as RefusalOfAll {
            throw refusal.error
        }
    }

    private func choose(_ options: MariaDBOptions, _ isForWriting: Bool) throws -> MariaDBConnection {
        let (last, isKept) = state.withLock { ($0.last, $0.isKept) }
        if let last, isKept {
            var options = options
            // It was looked at when it was chosen; whether it takes writes is known without asking.
            options.demands = ServerDemands()
            let connection = try open(last, options)
            if isForWriting { try connection.requireWritable() }
            return connection
        }
        var options = options
        options.demands.isWritable = isForWriting
        if location.hosts.count == 1, let only = try candidates(of: location.hosts[0], options).only {
            let connection = try open(only, options)
            keep(only, isForWriting)
            return connection
        }
        options.demands.isReady = true
        return try connectToFirst(options, last: last, isForWriting)
    }

    private func connectToFirst(
        _ options: MariaDBOptions, last: ServerCandidate?, _ isForWriting: Bool
    ) throws -> MariaDBConnection {
        var refusals: [ServerRefusal] = []
        let deadline = ContinuousClock.now + .seconds(3 * Int(options.connectTimeout))
        func connection(to candidate: ServerCandidate) throws -> MariaDBConnection? {
            if refusals.contains(where: { $0.candidate == candidate }) { return nil }
            try options.proceed()
            do {
                if ContinuousClock.now >= deadline { throw notTried(candidate) }
                let connection = try open(candidate, Self.hasty(options))
                keep(candidate, isForWriting)
                if !refusals.isEmpty { onPassing(Self.passing(refusals, to: candidate)) }
                return connection
            } catch let error as DatabaseError where Self.isServers(error) {
                refusals.append(ServerRefusal(candidate: candidate, error: error))
                return nil
            }
        }
        if let last, let connection = try connection(to: last) { return connection }
        for host in location.hosts {
            let candidates: [ServerCandidate]
            do {
                candidates = try self.candidates(of: host, Self.hasty(options))
            } catch let error as DatabaseError where Self.isServers(error) {
                refusals.append(ServerRefusal(candidate: ServerCandidate(host: host, address: nil), error: error))
                continue
            }
            for candidate in candidates {
                if let connection = try connection(to: candidate) { return connection }
            }
        }
        throw ServerRefusal.sum(refusals, of: location)
    }

    // MARK: One server

    func candidates(of host: MariaDBHost, _ options: MariaDBOptions) throws -> [ServerCandidate] {
        let single = ServerCandidate(host: host, address: nil)
        if location.on(host).isLocalSocket || HostResolver.isAddress(host.name) { return [single] }
        let addresses = try resolver.addresses(
            of: location.on(host), patience: .seconds(Int(options.connectTimeout)), proceed: options.proceed)
        state.withLock { $0.routes[host] = addresses.only }
        return addresses.count == 1 ? [single] : addresses.map { ServerCandidate(host: host, address: $0) }
    }

    func open(_ candidate: ServerCandidate, _ options: MariaDBOptions) throws -> MariaDBConnection {
        var options = options
        options.location = location.on(candidate.host)
        options.address = candidate.address
        options.route = state.withLock { $0.routes[candidate.host] }
        return try MariaDBConnection(options)
    }

    private func keep(_ candidate: ServerCandidate, _ isForWriting: Bool) {
        state.withLock { state in
            if let last = state.last, last != candidate { state.moves += 1 }
            state.last = candidate
            // The only address of the only host need not be held on to: its name may come to mean another one.
            if isForWriting, staysOnServer, location.hosts.count > 1 || candidate.address != nil { state.isKept = true }
        }
    }

    /// With little patience: there are other servers.
    static func hasty(_ options: MariaDBOptions) -> MariaDBOptions {
        var options = options
        options.connectTimeout = min(options.connectTimeout, patience)
        options.loginTimeout = options.connectTimeout
        return options
    }

    /// Whether an error is about the server, so that another one may do; else it is about this machine, or about all of them.
    private static func isServers(_ error: DatabaseError) -> Bool {
        switch error.kind {
        case .configuration, .misuse: false
        default: true
        }
    }

    private func notTried(_ candidate: ServerCandidate) -> DatabaseError {
        DatabaseError(
            kind: .unreachable, engine: .mariadb, code: 0, message: "not tried: the others took too long",
            place: location.on(candidate.host).description)
    }

    private static func passing(_ refusals: [ServerRefusal], to candidate: ServerCandidate) -> DisplayText {
        "working on \(candidate.label); passed over: \(refusals.map(\.text).joined(separator: "; "))"
    }
}

extension Array {
    /// The element of an array of one; else nil.
    fileprivate var only: Element? { count == 1 ? first : nil }
}
