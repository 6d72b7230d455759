import CSQLite
import Database
import FoundationEssentials
import Synchronization

/// Stops what a connection is doing, from any thread: the running statement, or the wait for another writer.
///
/// The wait is our own because SQLite's does not wake up when the connection is interrupted.
final class SQLiteInterrupter: Interrupter {
    /// The open connection; nil before it is opened and once it is closed, because SQLite's handle is gone then.
    private let target = Mutex<Target?>(nil)
    private let endsWait = Atomic(false)

    /// Unchecked because a pointer is not `Sendable`; the one call made with it, `sqlite3_interrupt`, is for any thread.
    private struct Target: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// How long a statement waits for another writer before it gives up, in seconds.
    private static let busyTimeout = Duration.seconds(10)
    /// Seconds between two attempts to get what another connection holds.
    private static let interval = Duration.milliseconds(10)

    /// Makes `pointer` wait for other writers, and lets it be interrupted, until ``detach()``, which must be called while
    /// this object still exists: SQLite keeps its address.
    func attach(_ pointer: OpaquePointer) {
        sqlite3_busy_handler(
            pointer,
            { context, attempts in
                guard let context else { return 0 }
                return Unmanaged<SQLiteInterrupter>.fromOpaque(context).takeUnretainedValue().wait(attempts) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        let attached = Target(pointer: pointer)
        target.withLock { $0 = attached }
    }

    /// Returns once an interruption under way is over; later ones do nothing.
    func detach() {
        target.withLock { target in
            if let target { sqlite3_busy_handler(target.pointer, nil, nil) }
            target = nil
        }
    }

    func interrupt() {
        endsWait.store(true, ordering: .relaxed)
        target.withLock { target in
            if let target { sqlite3_interrupt(target.pointer) }
        }
    }

    /// Waits a moment; false if the statement has waited long enough, or was interrupted.
    private func wait(_ attempts: Int32) -> Bool {
        // One interruption ends one wait; a caller that wants to end another one interrupts again.
        if endsWait.exchange(false, ordering: .relaxed) { return false }
        if Self.interval * Int(attempts) >= Self.busyTimeout { return false }
        Self.interval.pause()
        return true
    }
}
