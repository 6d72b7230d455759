import Database

extension BenchDatabase {
    /// Runs `body` with a URL that leads to this database through a ``CountingForwarder``.
    ///
    /// - Returns: what `body` returns, and what was said on each connection.
    /// - Throws: ``BenchError`` where the server is not reached by a local socket.
    func overhearing<Result>(_ body: (_ url: String) throws -> Result) throws -> (Result, [Conversation]) {
        guard case .mariadb(var location) = location, location.isLocalSocket else {
            throw BenchError(
                "this reads what passes on a local socket to MariaDB: leave --database out, or name a socket in it")
        }
        let forwarder = try CountingForwarder(
            to: try socket(of: location), at: site.workspace.folder + "/overheard.sock")
        location.socket = forwarder.socket
        let result = Swift.Result { try body(location.description) }
        let conversations = forwarder.stop()
        return (try result.get(), conversations)
    }

    /// The server's own socket, as it calls it where the URL does not.
    private func socket(of location: MariaDBURL) throws -> String {
        if let socket = location.socket { return socket }
        guard let socket = try onConnection({ try $0.first("SELECT @@socket") { $0.text(0) } }) ?? nil else {
            throw BenchError("\(url): the server does not say where its socket is")
        }
        return socket
    }
}
