import Harness
import TestSupport

/// A private MariaDB that is the only node of a Galera cluster.
enum GaleraNode {
    /// Installs and starts it.
    ///
    /// - Throws: ``NoGalera`` where the library is missing.
    static func start() throws -> PrivateServer {
        try PrivateServer(GaleraOptions.words(cluster: "", port: LocalSocket.freePort()))
    }
}
