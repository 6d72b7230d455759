import NIOCore
import Synchronization

/// The listeners of one WebSocket: each text goes to all of them, and none of them is waited for.
///
/// What listeners send is read and ignored. A listener whose connection takes no more and is too far behind
/// (``WebServerLimits/listenerBacklogBytes``) is closed with 1013.
package final class WebSocketHub: Sendable {
    /// The first texts for a new listener. It gets what is broadcast in the meantime after them.
    let greeting: @Sendable () async -> [String]
    /// Told each new number of listeners, in order; it must not block.
    private let onCount: @Sendable (Int) -> Void
    private let listeners = Mutex<[ObjectIdentifier: NIOLoopBound<WebSocketListener>]>([:])

    /// - Parameters:
    ///   - greeting: the first texts for a new listener, one message each.
    ///   - onCount: told each new number of listeners, in order; it must not block.
    package init(
        greeting: @escaping @Sendable () async -> [String], onCount: @escaping @Sendable (Int) -> Void
    ) {
        self.greeting = greeting
        self.onCount = onCount
    }

    /// Sends the text to all listeners; returns at once, from any thread. Texts arrive in the order of the calls.
    package func broadcast(_ text: String) {
        guard count > 0 else { return }
        WebServerLoop.shared.execute { [self] in
            let frame = WebSocketFrames.text(text)
            for listener in listeners.withLock({ Array($0.values) }) { listener.value.send(frame) }
        }
    }

    /// How many listeners there are now.
    package var count: Int { listeners.withLock { $0.count } }

    // MARK: Only on the event loop

    func add(_ listener: NIOLoopBound<WebSocketListener>) {
        onCount(
            listeners.withLock { listeners in
                listeners[ObjectIdentifier(listener.value)] = listener
                return listeners.count
            })
    }

    /// Nothing happens to a listener that has been removed before.
    func remove(_ listener: NIOLoopBound<WebSocketListener>) {
        let count: Int? = listeners.withLock { listeners in
            listeners.removeValue(forKey: ObjectIdentifier(listener.value)) == nil ? nil : listeners.count
        }
        if let count { onCount(count) }
    }
}
