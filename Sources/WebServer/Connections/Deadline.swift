import NIOCore

/// One timer of a connection: setting it replaces what it was set to before.
///
/// Only for the connection's event loop.
struct Deadline {
    private var scheduled: Scheduled<Void>?

    mutating func set(_ time: Duration, on loop: any EventLoop, _ action: @escaping () -> Void) {
        cancel()
        scheduled = loop.assumeIsolated().scheduleTask(in: TimeAmount(time), action)
    }

    mutating func cancel() {
        scheduled?.cancel()
        scheduled = nil
    }
}
