package import Database
import Foundation

/// The tasks' own connection, shared by the work and the heartbeat, and made anew when it breaks.
///
/// Where it also holds the work's lock, a new connection must get the lock again: if somebody else has it by then, the
/// run is no longer theirs to speak for.
package final class TaskConnection: @unchecked Sendable {
    private let lock = NSRecursiveLock()
    private let id: String
    private let open: () throws -> any Connection
    private let heldLock: WorkKind?
    private var connection: (any Connection)?
    /// Of the connection that broke last: the server may not have noticed yet, and keep its lock.
    private var brokenSession: Int64 = 0
    private var isClosed = false

    /// The task has ended, and its line with it.
    struct Closed: Error {}

    /// - Parameters:
    ///   - connection: open, and holding `heldLock` where that is not nil.
    ///   - id: the task's.
    ///   - open: makes another connection.
    package init(
        _ connection: any Connection, id: String, holding heldLock: WorkKind?,
        open: @escaping () throws -> any Connection
    ) {
        self.connection = connection
        self.id = id
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
            brokenSession = connection?.session ?? brokenSession
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
        // Said, and not left to the closing, which the server notices a moment later: the next run may be at the door.
        if let heldLock { try? connection?.unlock(heldLock.rawValue) }
        connection?.close()
        connection = nil
    }

    private func current() throws -> any Connection {
        if let connection { return connection }
        if isClosed { throw Closed() }
        let new = try open()
        do {
            if let heldLock, try !regain(heldLock, on: new) { throw Cancelled(reason: .revoked) }
        } catch {
            new.close()
            throw error
        }
        connection = new
        return new
    }

    /// Takes the lock on a new connection, also from our own broken one; not once another run has closed our task: then a
    /// session of that number may be anybody's.
    private func regain(_ work: WorkKind, on new: any Connection) throws -> Bool {
        if try new.tryLock(work.rawValue) { return true }
        guard try TaskStore(new).pulse(id) != .ended else { return false }
        return try new.tryLock(work.rawValue, ending: brokenSession)
    }
}
