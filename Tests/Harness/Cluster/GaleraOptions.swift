import Foundation

/// What makes a private server a node of a Galera cluster on this machine.
package enum GaleraOptions {
    /// The library of the server's own release: `Tests/run` says where that is.
    private static let library =
        ProcessInfo.processInfo.environment["PNBOOK_TEST_GALERA"] ?? "/usr/lib/galera/libgalera_smm.so"

    /// The options of a node that listens to other nodes on `port`.
    ///
    /// - Parameters:
    ///   - cluster: other nodes' addresses; empty for a new cluster.
    ///   - cache: megabytes of write sets that are kept for nodes that come back.
    /// - Throws: ``NoGalera`` where the library is missing.
    package static func words(cluster: String, port: UInt16, cache: Int = 8) throws -> [String] {
        guard FileManager.default.fileExists(atPath: library) else { throw NoGalera(library: library) }
        let provider = [
            "gmcast.listen_addr=tcp://127.0.0.1:\(port)", "ist.recv_addr=127.0.0.1:\(try LocalSocket.freePort())",
            "gcache.size=\(cache)M",
        ]
        return [
            "--wsrep-on=ON", "--wsrep-provider=\(library)", "--wsrep-cluster-address=gcomm://\(cluster)",
            "--wsrep-node-address=127.0.0.1", "--binlog-format=ROW", "--default-storage-engine=InnoDB",
            "--innodb-autoinc-lock-mode=2", "--wsrep-provider-options=\(provider.joined(separator: ";"))",
        ]
    }
}

/// The tests of a cluster need Galera's library.
package struct NoGalera: Error, CustomStringConvertible {
    let library: String
    package var description: String {
        "\(library) does not exist: apt-get install galera-4, or start the tests with Tests/run"
    }
}
