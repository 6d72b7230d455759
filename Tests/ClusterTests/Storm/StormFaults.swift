import Foundation
import Harness

/// Breaks one thing after another, and lets the cluster recover in between.
final class StormFaults: @unchecked Sendable {
    // Used by one thread, hence unchecked.
    private var random: SplitMix64
    private let cluster: GaleraCluster
    private let tally: StormTally
    private let isOver: @Sendable () -> Bool

    init(_ cluster: GaleraCluster, seed: UInt64, _ tally: StormTally, until isOver: @escaping @Sendable () -> Bool) {
        random = SplitMix64(seed: seed)
        self.cluster = cluster
        self.tally = tally
        self.isOver = isOver
    }

    private func pause(_ seconds: ClosedRange<Int>) {
        let end = Date(timeIntervalSinceNow: Double(seconds.lowerBound + random.below(seconds.count)))
        while Date() < end, !isOver() { usleep(100_000) }
    }

    func next() throws {
        pause(4...12)
        guard !isOver() else { return }
        let node = random.pick(cluster.nodes)
        switch random.below(10) {
        case 0..<4:
            tally.count("fault: kill")
            node.kill()
            pause(1...8)
        case 4..<6:
            tally.count("fault: freeze")
            node.freeze()
            pause(2...12)
        case 6..<9:
            tally.count("fault: partition")
            try node.isolate()
            pause(2...14)
        default:
            tally.count("fault: two frozen")
            for other in cluster.nodes where other !== node { other.freeze() }
            pause(2...9)
        }
        do {
            try cluster.heal()
        } catch {
            // A cluster that is stuck is started again by its nodes, one by one; what it says then counts as well.
            tally.count("fault: healed late")
            try cluster.heal()
        }
    }
}
