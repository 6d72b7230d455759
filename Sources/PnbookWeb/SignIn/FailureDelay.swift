import Synchronization

/// Slows down whoever tries one wrong token after the other: each answer waits longer than the one before. Nobody else waits.
///
/// A right token never does, also from the same address: behind a proxy all have one.
final class FailureDelay: Sendable {
    private struct Peer {
        var failures = 0
        var last: ContinuousClock.Instant
    }

    private struct State {
        var peers: [String: Peer] = [:]
        var waiting = 0
    }

    private let state = Mutex(State())
    private let sleep: @Sendable (Duration) async -> Void

    private static let first = Duration.milliseconds(250)
    private static let longest = Duration.seconds(8)
    /// After this, failures are forgotten.
    private static let memory = Duration.seconds(600)
    private static let mostPeers = 1000
    /// How many answers may wait: each of them is a connection.
    private static let mostWaiting = 64

    /// - Parameter sleep: waits; a test only looks for how long.
    init(sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }) {
        self.sleep = sleep
    }

    /// Waits as long as one more failure from that address has to.
    ///
    /// - Returns: false where too many wait already, and this one has not.
    func afterFailure(of peer: String) async -> Bool {
        guard let delay = next(peer) else { return false }
        await sleep(delay)
        state.withLock { $0.waiting -= 1 }
        return true
    }

    private func next(_ peer: String) -> Duration? {
        state.withLock { state in
            let now = ContinuousClock.now
            state.peers = state.peers.filter { now - $0.value.last < Self.memory }
            if state.peers[peer] == nil, state.peers.count >= Self.mostPeers,
                let oldest = state.peers.min(by: { $0.value.last < $1.value.last })
            {
                state.peers[oldest.key] = nil
            }
            let failures = state.peers[peer]?.failures ?? 0
            state.peers[peer] = Peer(failures: failures + 1, last: now)
            guard state.waiting < Self.mostWaiting else { return nil }
            state.waiting += 1
            return min(Self.longest, Self.first * (1 << min(failures, 10)))
        }
    }
}
