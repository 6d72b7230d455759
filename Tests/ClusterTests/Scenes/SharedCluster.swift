import Harness
import TestSupport

/// The one cluster that all suites of this target work on, one test after the other. It ends with this process.
enum SharedCluster {
    private static let started = Result {
        let began = ContinuousClock.now
        let cluster = try GaleraCluster()
        ClusterForm.note("start of a cluster of three nodes, s", (ContinuousClock.now - began).tenths)
        return cluster
    }

    /// The cluster, whole: whatever the test before has left broken is repaired.
    static func whole() throws -> GaleraCluster {
        let cluster = try started.get()
        try cluster.heal()
        for node in cluster.nodes { try node.server.count() }
        return cluster
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

    /// Seconds with one decimal.
    var tenths: String { String((seconds * 10).rounded() / 10) }
}
