package import Database
import FoundationEssentials
import Glibc
import Pipelines

/// The tasks' own connection, shared by the work and the heartbeat, and replaced when it breaks.
///
/// Where it also holds the work's lock, a new connection must get the lock again: if another run has it by then, this run
/// may no longer speak for the work.
///
/// `@unchecked Sendable`, because the compiler cannot see that the connection, and what makes another one, are used only
/// while `lock` is held.
package final class TaskConnection: @unchecked Sendable {
    private let lock = Monitor(())
    private let id: String
    private let open: () throws -> any Connection
    private let heldLock: WorkKind?
    /// How often the run has moved to another server.
    private let moves: () -> Int
    /// The same when the connection was made.
    private var movesBefore: Int
    private var connection: (any Connection)?
    /// Of the connection that broke last: the server may not have noticed yet, and keep its lock.
    private var brokenConnectionID: Int64 = 0
    private var isClosed = false

    /// The task has ended, and its connection with it.
    struct Closed: Error {}

    /// - Parameters:
    ///   - connection: open, and holding `heldLock` where that is not nil; not to be used by the caller any more, but for
    ///     waiting for its end.
    ///   - id: the task's.
    ///   - moves: how often the run has moved to another server; the connection then goes with it.
    ///   - open: makes another connection.
    package init(
        _ connection: any Connection, id: String, holding heldLock: WorkKind?, moves: @escaping () -> Int = { 0 },
        open: @escaping () throws -> any Connection
    ) {
        self.connection = connection
        self.moves = moves
        movesBefore = moves()
        self.id = id
        self.heldLock = heldLock
        self.open = open
    }

    /// Runs `body` on the connection; once more on a new one if the connection breaks.
    ///
    /// `body` may run twice, so it must be idempotent; every change is a compare-and-set.
    ///
    /// - Parameter ending: `body` writes the task's end, and looks whose end it is where there is one.
    package func withStore<Result>(ending: Bool = false, _ body: (TaskStore) throws -> Result) throws -> Result {
        try lock.withLock { _ in
            do {
                return try body(TaskStore(try current(ending)))
            } catch let error as DatabaseError where error.kind == .connectionLost {
                brokenConnectionID = connection?.connectionID ?? brokenConnectionID
                connection?.close()
                connection = nil
                return try body(TaskStore(try current(ending)))
            }
        }
    }

    /// Closes for good: a late heartbeat must not open it again.
    package func close() {
        lock.withLock { _ in
            isClosed = true
            // Released explicitly: the server notices a closed connection only a moment later, and the next run may be waiting.
            if let heldLock { try? connection?.unlock(heldLock.rawValue) }
            connection?.close()
            connection = nil
        }
    }

    private func current(_ isEnding: Bool) throws -> any Connection {
        if let connection, moves() == movesBefore { return connection }
        if isClosed { throw Closed() }
        connection?.close()
        connection = nil
        let new = try open()
        do {
            if let heldLock, try !regain(heldLock, on: new, isEnding) { throw Cancelled(reason: .revoked) }
        } catch {
            new.close()
            throw error
        }
        connection = new
        movesBefore = moves()
        return new
    }

    /// Takes the lock on a new connection, if need be from our own broken one; but not once another run has closed our
    /// task: by then the connection of that number may be any other program's.
    ///
    /// - Returns: whether the run may go on. Who writes the end may do so without the lock once the task has ended: it may be this
    ///   very end, whose answer was lost, and the next run may be at work already.
    private func regain(_ work: WorkKind, on new: any Connection, _ isEnding: Bool) throws -> Bool {
        if try new.tryLock(work.rawValue) { return true }
        guard try TaskStore(new).poll(id) != .ended else { return isEnding }
        return try new.tryLock(work.rawValue, killing: brokenConnectionID)
    }
}
