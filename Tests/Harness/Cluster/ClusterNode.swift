import Foundation

/// One node of a ``GaleraCluster``, which can be killed, frozen and cut off from the others.
///
/// What is asked of it here goes through the server's own client: a node that has lost its cluster answers that one too.
package final class ClusterNode: Sendable {
    /// `a`, `b` or `c`.
    package let name: String
    package let server: PrivateServer
    /// Where the node listens to clients, on 127.0.0.1.
    package let port: UInt16

    init(_ name: String, _ server: PrivateServer, port: UInt16) {
        self.name = name
        self.server = server
        self.port = port
    }

    /// Runs statements in a session of their own, and returns the rows that they yield, columns separated by tabs.
    ///
    /// - Parameter schema: nil for none.
    /// - Throws: ``ProgramError`` with what the client said.
    @discardableResult
    package func rows(_ statements: String, in schema: String? = nil) throws -> [String] {
        let words = [
            "mariadb", "--no-defaults", "--skip-ssl", "--socket=\(server.socket)", "--user=root", "--batch",
            "--skip-column-names", "--connect-timeout=10", "-e", statements,
        ]
        return try ChildRun.succeed(words + (schema.map { [$0] } ?? [])).split(
            separator: "\n", omittingEmptySubsequences: true
        ).map(String.init)
    }

    /// A status variable without its `wsrep_`; nil where the node does not answer.
    package func status(_ name: String) -> String? {
        let row = try? rows("SHOW GLOBAL STATUS LIKE 'wsrep\\_\(name)'").first
        return row?.split(separator: "\t").last.map(String.init)
    }

    /// Whether it belongs to the part of the cluster that works, and has all that the others have.
    package var isSynced: Bool { status("local_state_comment") == "Synced" && status("ready") == "ON" }

    /// Whether the node itself knows that it is not in the part of the cluster that works.
    package var isOutside: Bool { status("cluster_status").map { $0 != "Primary" } ?? false }

    // MARK: Faults

    /// `kill -9`, and waits until the node is gone.
    package func kill() { server.crash() }

    /// SIGSTOP: the node keeps its connections and says nothing.
    package func freeze() { server.pid.map { _ = Glibc.kill($0, SIGSTOP) } }

    /// Ends ``freeze()``.
    package func thaw() { server.pid.map { _ = Glibc.kill($0, SIGCONT) } }

    /// Cuts the node off from the others; clients reach it as before.
    ///
    /// - Parameter isOff: false to join them again.
    package func isolate(_ isOff: Bool = true) throws {
        try rows("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=\(isOff ? 1 : 0)'")
    }

    /// Cuts the node off, and waits until it knows that it is alone: some seconds.
    package func loseCluster() throws {
        try isolate()
        try eventually(60, "node \(name) is outside of its cluster", every: 50_000) { isOutside }
    }

    /// Starts the node after its death, with its data: as far as they go it says itself, and the others send the rest.
    package func comeBack() throws {
        let mark = "Recovered position: "
        let said = try server.run(["--wsrep-recover"], untilSaid: mark)
        let position = said.range(of: mark, options: .backwards).map { mark in
            said[mark.upperBound...].prefix { !$0.isWhitespace && $0 != "," }
        }
        guard let position else { throw ServerFailure(what: "node \(name) knows no position", said: said) }
        try server.start(["--wsrep-start-position=\(position)"])
    }

    /// What the node's server has said of state transfers and partitions; the end of it.
    package var log: String { server.log }
}
