/// A Galera node's state.
package struct ClusterReport: Sendable, Hashable {
    /// `Primary` where the node may write.
    package var status: String
    /// `Synced` where the node is up to date.
    package var state: String
    package var isReady: Bool
    package var nodes: Int

    /// Whether the node takes statements.
    package var isUsable: Bool { isReady && status == "Primary" }

    package init(status: String, state: String, isReady: Bool, nodes: Int) {
        self.status = status
        self.state = state
        self.isReady = isReady
        self.nodes = nodes
    }
}
