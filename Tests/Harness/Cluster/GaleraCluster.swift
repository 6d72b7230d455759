import Foundation

/// A Galera cluster of three nodes on this machine, which listen to clients on Unix sockets and on ports of 127.0.0.1.
///
/// It starts in seconds: one installation is copied, so that no state is transferred, and the data are in memory where there is
/// room for that. A node that comes back gets what it has missed out of the others' caches (IST). Time-outs are Galera's own.
package final class GaleraCluster: Sendable {
    /// `a`, `b` and `c`.
    package let nodes: [ClusterNode]
    private let programs: ScratchFolder

    package var a: ClusterNode { nodes[0] }
    package var b: ClusterNode { nodes[1] }
    package var c: ClusterNode { nodes[2] }

    private static let names = ["a", "b", "c"]

    /// Installs and starts all three.
    ///
    /// - Throws: ``NoGalera``, ``ServerFailure``.
    package init() throws {
        programs = try ScratchFolder()
        let transfer = try StateTransfer.install(in: programs)
        let folder = programs.path
        let members = try Self.names.map { _ in try LocalSocket.freePort() }
        let ports = try Self.names.map { _ in try LocalSocket.freePort() }
        let addresses = members.map { "127.0.0.1:\($0)" }.joined(separator: ",")
        let options = try Self.names.indices.map { index in
            try GaleraOptions.words(cluster: addresses, port: members[index], cache: 64) + Self.small + [
                transfer, "--skip-networking=0", "--bind-address=127.0.0.1", "--port=\(ports[index])",
            ]
        }
        let begin = ["--wsrep-new-cluster"]
        // The first start gives the cluster its name, and an orderly end writes down how far it is.
        let first = try PrivateServer(in: Self.workspace(), options: options[0], programs: folder, starting: begin)
        first.stop()
        let copy = try Workspace(in: Self.place, named: "pnbook-copy")
        defer { copy.close() }
        let data = copy.folder + "/data"
        try FileManager.default.copyItem(atPath: first.data, toPath: data)
        for name in ["galera.cache", "gvwstate.dat"] { try? FileManager.default.removeItem(atPath: data + "/" + name) }
        try first.start(begin)
        let others = options.dropFirst().map { options in
            OtherThread { try PrivateServer(in: Self.workspace(), options: options, copying: data, programs: folder) }
        }
        let servers = try [first] + others.map { try $0.wait(seconds: 200) }
        nodes = zip(Self.names, zip(servers, ports)).map { ClusterNode($0, $1.0, port: $1.1) }
        try waitUntilWhole()
    }

    /// A server's memory and its disk: three of them are to start at once.
    private static let small = [
        "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=32M", "--innodb-flush-log-at-trx-commit=0",
        "--performance-schema=OFF", "--wsrep-slave-threads=4", "--max-connections=60",
        // Where the provider's options are variables of their own (11.x), isolation is none of them.
        "--loose-plugin-wsrep-provider=OFF",
    ]

    /// In memory, where three servers and their caches have room.
    private static let place: String = {
        var disk = statvfs()
        let memory = "/dev/shm"
        guard access(memory, W_OK) == 0, statvfs(memory, &disk) == 0, disk.f_bavail * disk.f_frsize > 3 << 30 else {
            return NSTemporaryDirectory()
        }
        return memory
    }()

    private static func workspace() throws -> Workspace { try Workspace(in: place, named: "pnbook-node") }

    // MARK: The whole

    /// Ends every fault, brings the dead back, and waits until all three are one cluster.
    package func heal() throws {
        for node in nodes { node.thaw() }
        // Whoever is alive goes first: the dead need one that has what they have missed.
        for node in nodes where node.server.pid != nil { try? node.isolate(false) }
        for node in nodes where node.server.pid == nil { try node.comeBack() }
        try waitUntilWhole()
    }

    /// Waits until all three are one cluster, and each has what the others have.
    package func waitUntilWhole(_ seconds: Double = 90) throws {
        do {
            try eventually(seconds, "the three nodes are one cluster", every: 50_000) {
                nodes.allSatisfy { $0.status("cluster_size") == "3" && $0.isSynced }
            }
        } catch {
            let states = nodes.map { node in
                "\(node.name): \(node.status("cluster_status") ?? "no answer"), of \(node.status("cluster_size") ?? "?"), "
                    + "\(node.status("local_state_comment") ?? "?")\n\(node.log)"
            }
            throw ServerFailure(what: "the three nodes do not become one cluster", said: states.joined(separator: "\n"))
        }
    }
}
