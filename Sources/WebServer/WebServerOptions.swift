package import ErrorModel
import Glibc

/// What a server is started with.
package struct WebServerOptions: Sendable {
    package var address: WebAddress
    package var limits: WebServerLimits
    /// Words what the server refuses by itself; its status is ``WebRefusal/status`` in any case.
    package var refusal: @Sendable (WebRefusal) -> WebResponse
    /// Told what the server goes on after, such as a system without free descriptors: for the log.
    package var onTrouble: @Sendable (DisplayText) -> Void
    /// Seconds since 1970, for the field `Date`.
    package var clock: @Sendable () -> Int

    package init(
        address: WebAddress, limits: WebServerLimits = WebServerLimits(),
        refusal: @escaping @Sendable (WebRefusal) -> WebResponse = \.plainResponse,
        onTrouble: @escaping @Sendable (DisplayText) -> Void = { _ in },
        clock: @escaping @Sendable () -> Int = { time(nil) }
    ) {
        self.address = address
        self.limits = limits
        self.refusal = refusal
        self.onTrouble = onTrouble
        self.clock = clock
    }
}
