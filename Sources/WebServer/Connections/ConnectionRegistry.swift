import NIOCore

/// All connections of a server: how many there may be, which of them makes way, and the end of all of them.
///
/// Only for the server's event loop.
final class ConnectionRegistry {
    private let limits: WebServerLimits
    private var connections: [ObjectIdentifier: HTTPConnection] = [:]
    private var listeners: [ObjectIdentifier: WebSocketListener] = [:]
    private(set) var isStopping = false
    private var onEmpty: [() -> Void] = []
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

    /// What becomes of a new connection.
    enum Admission {
        case admitted
        /// It is told so.
        case refused
        /// There are too many even of those that are told so.
        case dropped
    }

    /// Where there is one connection too many, closes the one whose client has been waited for longest. A client that sends its
    /// request at once is never the oldest for long; one that holds a connection without a request is.
    func admit(_ newcomer: HTTPConnection) -> Admission {
        guard !isStopping else { return .dropped }
        let excess = connections.count + listeners.count - limits.connections
        guard excess > 0 else { return .admitted }
        let oldest = connections.values.filter { $0 !== newcomer && $0.waitsSince != nil }
            .min { ($0.waitsSince ?? .distantFuture) < ($1.waitsSince ?? .distantFuture) }
        guard let oldest else { return excess > Self.refusedAtOnce ? .dropped : .refused }
        oldest.close()
        return .admitted
    }

    private static let refusedAtOnce = 32

    /// Ends what waits, lets what is at work finish, and takes leave of the listeners.
    ///
    /// - Parameter onEmpty: called once no connection and no handler is left.
    func stop(_ onEmpty: @escaping () -> Void) {
        isStopping = true
        self.onEmpty.append(onEmpty)
        for connection in connections.values where connection.isIdle { connection.close() }
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
        let waiting = onEmpty
        onEmpty = []
        for tell in waiting { tell() }
    }
}
