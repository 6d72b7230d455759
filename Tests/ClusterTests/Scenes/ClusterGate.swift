import Harness

/// Stands between the program and the nodes, and does something once, when a run arrives at a step. From then on no new
/// connection gets to the first node, unless that is the only one.
final class ClusterGate: Sendable {
    /// How a client comes to a node.
    enum Route: String, CaseIterable, Sendable {
        /// One address, which leads to the first node that is fit: a balancer, or a name with several addresses.
        case balancer
        /// All three in the URL, in order.
        case list
        /// The first node and no other.
        case single

        static let severalNodes: [Route] = [.list, .balancer]
    }

    private struct State {
        /// The connection that has come to the step; nil until one has.
        var chosen: (proxy: Int, connection: Int)?
        /// Whether the step's statement has been passed on.
        var isPassed = false
    }

    private let proxies: [SocketProxy]
    private let state: Locked<State>

    /// - Parameters:
    ///   - step: nil to do nothing but pass on.
    ///   - cutsAnswer: close the client's connection in place of the answer to the step's statement.
    ///   - action: what is done when the run sends the statement that begins `step`, before that is passed on; its verdict
    ///     decides what becomes of the statement.
    init(
        to cluster: GaleraCluster, _ route: Route, at step: RunStep?, cutsAnswer: Bool = false,
        _ action: @escaping @Sendable () -> SocketProxy.Verdict = { .pass }
    ) throws {
        let state = Locked(State())
        self.state = state
        let groups: [[ClusterNode]] =
            switch route {
            case .balancer: [cluster.nodes]
            case .list: cluster.nodes.map { [$0] }
            case .single: [[cluster.a]]
            }
        proxies = try groups.enumerated().map { index, nodes in
            let finder = RunStep.Finder()
            return try SocketProxy(
                toFirstOf: {
                    let isMet = state.withLock { $0.chosen != nil }
                    return nodes.filter { route == .single || !isMet || $0 !== cluster.a }.map(\.server.socket)
                },
                { event, connection in
                    if cutsAnswer, case .answered = event {
                        let isCut = state.withLock { $0.isPassed && $0.chosen ?? (-1, -1) == (index, connection) }
                        return isCut ? .cut : .pass
                    }
                    guard let step, finder.begins(step, event, of: connection) else { return .pass }
                    let isFirst = state.withLock { state in
                        defer { state.chosen = state.chosen ?? (index, connection) }
                        return state.chosen == nil
                    }
                    guard isFirst else { return .pass }
                    let verdict = action()
                    state.withLock { $0.isPassed = true }
                    return verdict
                })
        }
    }

    /// Hosts and ports for a URL.
    var hosts: String { proxies.map { "127.0.0.1:\($0.port)" }.joined(separator: ",") }

    /// Whether the run has come to the step.
    var isMet: Bool { state.withLock { $0.chosen != nil } }

    func stop() { for proxy in proxies { proxy.stop() } }
}
