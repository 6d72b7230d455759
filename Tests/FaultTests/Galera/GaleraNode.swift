import Foundation
import Harness
import TestSupport

/// A private MariaDB that is a node of a Galera cluster.
enum GaleraNode {
    /// The library of the server's own release: `Tests/run` says where that is.
    private static let library =
        ProcessInfo.processInfo.environment["PNBOOK_TEST_GALERA"] ?? "/usr/lib/galera/libgalera_smm.so"

    /// Installs and starts a cluster of one node.
    ///
    /// - Throws: ``NoGalera`` where the library is missing.
    static func start() throws -> PrivateServer {
        try PrivateServer(options(cluster: "", port: LocalSocket.freePort()))
    }

    /// What makes a server a node that listens on `port`.
    ///
    /// - Parameter cluster: another node's address; empty for a new cluster.
    static func options(cluster: String, port: UInt16) throws -> [String] {
        guard FileManager.default.fileExists(atPath: library) else { throw NoGalera(library: library) }
        let provider = [
            "gmcast.listen_addr=tcp://127.0.0.1:\(port)", "ist.recv_addr=127.0.0.1:\(try LocalSocket.freePort())",
            "gcache.size=8M",
        ]
        return [
            "--wsrep-on=ON", "--wsrep-provider=\(library)", "--wsrep-cluster-address=gcomm://\(cluster)",
            "--wsrep-node-address=127.0.0.1", "--binlog-format=ROW", "--default-storage-engine=InnoDB",
            "--innodb-autoinc-lock-mode=2", "--wsrep-provider-options=\(provider.joined(separator: ";"))",
        ]
    }
}

/// The tests of a cluster need Galera's library.
struct NoGalera: Error, CustomStringConvertible {
    let library: String
    var description: String { "\(library) does not exist: apt-get install galera-4, or start the tests with Tests/run" }
}
