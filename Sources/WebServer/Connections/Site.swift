import Glibc
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
        var limits = options.limits
        limits.connections = min(limits.connections, Self.descriptorsForConnections)
        self.limits = limits
        refusal = options.refusal
        clock = options.clock
        registry = ConnectionRegistry(limits: limits)
    }

    /// As many connections as there may be descriptors, but for those that the process needs itself.
    private static var descriptorsForConnections: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return max(16, Int(clamping: limit.rlim_cur) - 64)
    }
}
