import NIOCore

/// What the connections of a server share. Only for its event loop.
final class Site {
    let handler: WebHandler
    let limits: WebServerLimits
    let refusal: @Sendable (WebRefusal) -> WebResponse
    /// Seconds since 1970.
    let clock: @Sendable () -> Int
    let registry: ConnectionRegistry

    init(_ options: WebServerOptions, handler: @escaping WebHandler) {
        self.handler = handler
        limits = options.limits
        refusal = options.refusal
        clock = options.clock
        registry = ConnectionRegistry(limits: options.limits)
    }
}
