package import ErrorModel

/// What a server is started with.
package struct WebServerOptions: Sendable {
    package var address: WebAddress
    package var limits: WebServerLimits
    /// Told what the server goes on after, such as a system without free descriptors: for the log.
    package var onTrouble: @Sendable (DisplayText) -> Void

    package init(
        address: WebAddress, limits: WebServerLimits = WebServerLimits(),
        onTrouble: @escaping @Sendable (DisplayText) -> Void = { _ in }
    ) {
        self.address = address
        self.limits = limits
        self.onTrouble = onTrouble
    }
}
