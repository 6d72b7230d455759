import Foundation
import Synchronization

/// Accepts the clients of a listening socket, and serves each on a thread of its own.
package final class SocketListener: Sendable {
    private let descriptor: Int32
    private let hasStopped = Mutex(false)
    /// The accepting thread and the clients' threads.
    private let threads = DispatchGroup()

    /// - Parameter descriptor: a socket that listens (``LocalSocket``); closed by this object.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Begins to accept.
    ///
    /// - Parameter serve: is given each client's descriptor, which it closes, and the client's number, counted from 0.
    package func start(_ serve: @escaping @Sendable (_ client: Int32, _ number: Int) -> Void) {
        threads.enter()
        Thread.detachNewThread { [descriptor, threads] in
            defer { threads.leave() }
            var number = 0
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    break
                }
                let current = number
                number += 1
                threads.enter()
                Thread.detachNewThread {
                    defer { threads.leave() }
                    serve(client, current)
                }
            }
            // Closed here alone: anywhere else the number could be another socket's by then.
            close(descriptor)
        }
    }

    /// Accepts no more clients; those that are served go on.
    package func stop() {
        hasStopped.withLock { hasStopped in
            if !hasStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
            hasStopped = true
        }
    }

    /// Waits until every client has been served. Only after ``stop()``.
    package func wait() {
        threads.wait()
    }
}
