/// What a client may take of the server: bytes, connections and time.
package struct WebServerLimits: Sendable, Hashable {
    /// The request line and the fields together; more is refused with 431.
    package var headerBytes = 16 << 10
    /// Fields of one header; more are refused with 431.
    package var headerFields = 100
    /// More is refused with 413.
    package var bodyBytes = 64 << 10
    /// Connections of all kinds together. One more takes the place of the one whose client has been waited for longest; where
    /// each is being answered, it is refused with 503. In any case 64 fewer than the process may have descriptors.
    package var connections = 512
    /// WebSockets among the connections; one more is refused with 503.
    package var listeners = 384
    /// From a request's first byte, or the connection's beginning, to the end of its header; then 408.
    package var timeForHeader = Duration.seconds(10)
    /// From the end of the header to the end of the body; then 408.
    package var timeForBody = Duration.seconds(30)
    /// Without a request on a connection that is kept open.
    package var timeIdle = Duration.seconds(60)
    /// Until the client has taken a whole response; then the connection is closed.
    package var timeForResponse = Duration.seconds(30)
    /// For the client to close its side, once nothing more comes.
    package var timeToClose = Duration.seconds(2)
    /// What may wait for a listener of a WebSocket that takes no more; then it is closed with 1013.
    package var listenerBacklogBytes = 256 << 10
    /// One message of a listener; more is refused with 1009.
    package var messageBytes = 4 << 10
    /// Between two pings of a listener; one that has sent nothing by the next is gone.
    package var pingInterval = Duration.seconds(20)

    package init() {}
}
