import Synchronization

/// The listeners of one WebSocket: each text goes to all of them, and none of them is waited for.
///
/// What listeners send is read and ignored. A listener whose connection takes no more and is too far behind
/// (``WebServerLimits/listenerBacklogBytes``) is closed with 1013.
package final class WebSocketHub: Sendable {
    /// The first texts for a new listener. It gets what is broadcast in the meantime after them.
    let greeting: @Sendable () async -> [String]
    /// Told each new number of listeners, in order.
    private let onCount: @Sendable (Int) -> Void

    package init(
        greeting: @escaping @Sendable () async -> [String], onCount: @escaping @Sendable (Int) -> Void
    ) {
        self.greeting = greeting
        self.onCount = onCount
    }

    /// Sends the text to all listeners; returns at once, from any thread.
    package func broadcast(_ text: String) {}

    /// How many listeners there are now.
    package var count: Int { 0 }
}
