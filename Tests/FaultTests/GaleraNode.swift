import Foundation
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
        try PrivateServer(options(cluster: "", port: freePort()))
    }

    /// What makes a server a node that listens on `port`.
    ///
    /// - Parameter cluster: another node's address; empty for a new cluster.
    static func options(cluster: String, port: UInt16) throws -> [String] {
        guard FileManager.default.fileExists(atPath: library) else { throw NoGalera(library: library) }
        let provider = [
            "gmcast.listen_addr=tcp://127.0.0.1:\(port)", "ist.recv_addr=127.0.0.1:\(try freePort())", "gcache.size=8M",
        ]
        return [
            "--wsrep-on=ON", "--wsrep-provider=\(library)", "--wsrep-cluster-address=gcomm://\(cluster)",
            "--wsrep-node-address=127.0.0.1", "--binlog-format=ROW", "--default-storage-engine=InnoDB",
            "--innodb-autoinc-lock-mode=2", "--wsrep-provider-options=\(provider.joined(separator: ";"))",
        ]
    }

    /// A TCP port of this machine that nobody listens on; from those that the kernel gives to nobody by itself.
    static func freePort() throws -> UInt16 {
        for _ in 1...100 {
            let port = UInt16.random(in: 20_000...29_999)
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(listener) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if result == 0 { return port }
        }
        throw TookTooLong(what: "a port is free")
    }
}

/// The tests of a cluster need Galera's library.
struct NoGalera: Error, CustomStringConvertible {
    let library: String
    var description: String { "\(library) does not exist: apt-get install galera-4, or start the tests with Tests/run" }
}
