import Database
import Harness

extension BenchmarkDatabase {
    /// Runs `body` with a URL that leads to this database through a proxy, which records what passes.
    ///
    /// - Returns: what `body` returns, and what was said on each connection, in the order of their opening.
    /// - Throws: ``BenchmarkError`` where the server is not reached by a local socket.
    func recording<Result>(_ body: (_ url: String) throws -> Result) throws -> (Result, [Conversation]) {
        guard case .mariadb(var location) = location, location.isLocalSocket else {
            throw BenchmarkError(
                "this reads what passes on a local socket to MariaDB: leave --database out, or name a socket in it")
        }
        let conversations = Locked<[Int: Conversation]>([:])
        let proxy = try SocketProxy(
            to: try socket(of: location), at: environment.workspace.folder + "/recorded.sock",
            gatheringUntilSilentFor: Self.silence
        ) { event, connection in
            conversations.withLock { conversations in
                switch event {
                case .opened: conversations[connection] = Conversation()
                case .sent(let bytes): conversations[connection]?.send(bytes)
                case .answered(let bytes): conversations[connection]?.receive(bytes)
                case .left: break
                }
            }
            return .pass
        }
        location.socket = proxy.socket
        let result = Swift.Result { try body(location.description) }
        proxy.finish()
        let inOrder = conversations.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
        return (try result.get(), inOrder)
    }

    /// Commands that a client sends without waiting are one trip, however fast the server answers the first of them: nothing
    /// is passed on before the client has been silent for so many milliseconds.
    private static let silence: Int32 = 1

    /// The server's own socket, as it calls it where the URL does not.
    private func socket(of location: MariaDBURL) throws -> String {
        if let socket = location.socket { return socket }
        guard let socket = try onConnection({ try $0.first("SELECT @@socket") { $0.text(0) } }) ?? nil else {
            throw BenchmarkError("\(url): the server does not say where its socket is")
        }
        return socket
    }
}
