import Foundation
import Harness
import WebServer

/// A server with a few routes, for as long as a test talks to it.
enum ServedSite {
    static let anyPort = WebAddress.tcp(host: "127.0.0.1", port: 0)

    /// Starts a server, runs the test's part on a thread of its own, and stops the server.
    static func run<Result: Sendable>(
        at address: WebAddress = anyPort, _ change: (inout WebServerLimits) -> Void = { _ in },
        handler: @escaping WebHandler = echo, hub: WebSocketHub? = nil,
        _ body: @escaping @Sendable (WebAddress) throws -> Result
    ) async throws -> Result {
        var limits = WebServerLimits()
        change(&limits)
        let options = WebServerOptions(address: address, limits: limits, clock: { 1_764_235_800 })
        let server = try await WebServer.start(options) { request in
            if request.path == "/ws", let hub { .webSocket(hub) } else { await handler(request) }
        }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await OtherThread { try body(server.address) }.value)
        } catch {
            outcome = .failure(error)
        }
        await server.stop(within: .milliseconds(100))
        return try outcome.get()
    }

    /// Answers with what was asked.
    static let echo: WebHandler = { request in
        let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        let text = "\(request.method) \(request.path) [\(query)] \(request.body.count) \(request.peer)"
        return .response(WebResponse(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8)))
    }

    /// A hub whose listeners are greeted with one text.
    static func hub(onCount: @escaping @Sendable (Int) -> Void = { _ in }) -> WebSocketHub {
        WebSocketHub(greeting: { ["welcome"] }, onCount: onCount)
    }
}
