import Glibc
import NIOCore
import NIOPosix

/// The one thread on which all connections of this process are served.
///
/// It lives as long as the process: a handler that comes back late, or a text broadcast at the wrong moment, always finds it.
enum WebServerLoop {
    static let shared: any EventLoop = group.next()

    private static let group: MultiThreadedEventLoopGroup = {
        // INT and TERM are for the main thread, or for one that waits for them; a thread inherits the mask.
        var (signals, before) = (sigset_t(), sigset_t())
        sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // A client that has gone is an error of a call, and not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        return MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }()
}
