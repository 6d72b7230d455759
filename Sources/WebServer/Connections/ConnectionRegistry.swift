import NIOCore

/// All connections of a server: how many there may be, which of them makes way, and the end of all of them.
///
/// Only for the server's event loop.
final class ConnectionRegistry {
    private let limits: WebServerLimits
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    private var listeners: [ObjectIdentifier: WebSocketListener] = [:]
    private(set) var isStopping = false
    private var onEmpty: () -> Void = {}
    /// Handlers at work, also for clients that have gone.
    private var answering = 0

    init(limits: WebServerLimits) {
        self.limits = limits
    }

    var hasRoomForListener: Bool { !isStopping && listeners.count < limits.listeners }

    func add(_ connection: HTTPConnection) { connections[ObjectIdentifier(connection)] = connection }

    func remove(_ connection: HTTPConnection) {
        connections[ObjectIdentifier(connection)] = nil
        tellIfEmpty()
    }

    func add(_ listener: WebSocketListener) { listeners[ObjectIdentifier(listener)] = listener }

    func remove(_ listener: WebSocketListener) {
        listeners[ObjectIdentifier(listener)] = nil
        tellIfEmpty()
    }

    func countAnswering(_ change: Int) {
        answering += change
        tellIfEmpty()
    }

    /// Where there is one connection too many, closes the one that has waited longest for a request: a client that sends its
    /// header at once is never the oldest for long, and one that holds a connection without a request is.
    ///
    /// - Returns: whether there is room now.
    func makeRoom(for newcomer: HTTPConnection) -> Bool {
        guard !isStopping else { return false }
        guard connections.count + listeners.count > limits.connections else { return true }
        let idle = connections.values.filter { $0 !== newcomer && $0.idleSince != nil }
        guard let oldest = idle.min(by: { ($0.idleSince ?? .distantFuture) < ($1.idleSince ?? .distantFuture) }) else {
            return false
        }
        oldest.close()
        return true
    }

    /// Ends what waits, lets what is at work finish, and takes leave of the listeners.
    ///
    /// - Parameter onEmpty: called once no connection and no handler is left.
    func stop(_ onEmpty: @escaping () -> Void) {
        isStopping = true
        self.onEmpty = onEmpty
        for connection in connections.values where connection.idleSince != nil { connection.close() }
        for listener in listeners.values { listener.close(.goingAway) }
        tellIfEmpty()
    }

    /// Closes what is left.
    func cutOff() {
        for connection in connections.values { connection.close() }
        for listener in listeners.values { listener.cutOff() }
    }

    private func tellIfEmpty() {
        guard isStopping, connections.isEmpty, listeners.isEmpty, answering == 0 else { return }
        onEmpty()
        onEmpty = {}
    }
}
