import Foundation

/// Work that is done over and over on a thread of its own, until it is told to stop.
package final class LoopThread: Sendable {
    private let hasStopped: Locked<Bool>
    private let thread: OtherThread<Int>

    /// Starts the work.
    ///
    /// - Parameters:
    ///   - pause: between two rounds, in microseconds.
    ///   - round: is called again and again; what it throws ends the work.
    package init(pausing pause: UInt32 = 0, _ round: @escaping @Sendable () throws -> Void) {
        let hasStopped = Locked(false)
        self.hasStopped = hasStopped
        thread = OtherThread {
            var rounds = 0
            while !hasStopped.withLock({ $0 }) {
                try round()
                rounds += 1
                if pause > 0 { usleep(pause) }
            }
            return rounds
        }
    }

    /// Stops after the current round and waits for its end. Stopping twice is allowed.
    ///
    /// - Returns: how many rounds there were.
    /// - Throws: what a round has thrown.
    @discardableResult
    package func stop() throws -> Int {
        hasStopped.withLock { $0 = true }
        return try thread.wait(seconds: 60)
    }
}
