package import Database
import Foundation

/// The tasks' own connection, shared by the work and the heartbeat, and made anew when it breaks.
///
/// Where it also holds the work's lock, a new connection must get the lock again: if somebody else has it by then, the
/// run is no longer theirs to speak for.
package final class TaskLine: @unchecked Sendable {
    private let lock = NSRecursiveLock()
    private let open: () throws -> any Connection
    private let heldLock: Work?
    private var connection: (any Connection)?
    private var isClosed = false

    /// The task has ended, and its line with it.
    struct Closed: Error {}

    /// - Parameters:
    ///   - connection: open, and holding `heldLock` where that is not nil.
    ///   - open: makes another one.
    package init(_ connection: any Connection, holding heldLock: Work?, open: @escaping () throws -> any Connection) {
        self.connection = connection
        self.heldLock = heldLock
        self.open = open
    }

    /// Runs `body` on the connection; once more on a new one if the connection breaks.
    ///
    /// What `body` does must bear being done twice: its changes are compare-and-set.
    package func perform<Result>(_ body: (TaskStore) throws -> Result) throws -> Result {
        lock.lock()
        defer { lock.unlock() }
        do {
            return try body(TaskStore(try current()))
        } catch let error as DatabaseError where error.kind == .connectionLost {
            connection?.close()
            connection = nil
            return try body(TaskStore(try current()))
        }
    }

    /// For good: a heartbeat that comes late must not open it again.
    package func close() {
        lock.lock()
        defer { lock.unlock() }
        isClosed = true
        connection?.close()
        connection = nil
    }

    private func current() throws -> any Connection {
        if let connection { return connection }
        if isClosed { throw Closed() }
        let new = try open()
        if let heldLock, try !new.tryLock(heldLock.rawValue) {
            new.close()
            throw Cancelled(reason: .revoked)
        }
        connection = new
        return new
    }
}
