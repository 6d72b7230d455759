import Foundation
import Harness
import TestSupport

/// A Galera cluster of two private nodes on one machine.
///
/// No state is ever carried over: the second node begins as a copy of the first one's data, and a script that carries
/// nothing stands in for the transfer that a joining node asks for.
final class GaleraPair {
    /// The nodes' sockets.
    var sockets: [String] { nodes.map(\.socket) }
    private let nodes: [PrivateServer]
    private let programs: ScratchFolder

    /// Installs and starts both.
    ///
    /// - Throws: ``NoGalera`` where the library is missing.
    init() throws {
        programs = try ScratchFolder()
        try programs.write(Self.script(in: programs.path), to: "wsrep_sst_nothing", mode: 0o755)
        let port = try LocalSocket.freePort()
        let transfer = ["--wsrep-sst-method=nothing"]
        // The first start gives the cluster its name, and an orderly end writes down how far it is.
        let first = try PrivateServer(
            GaleraOptions.words(cluster: "", port: port) + transfer, programs: programs.path)
        first.stop()
        let copy = try ScratchFolder()
        try FileManager.default.copyItem(atPath: first.data, toPath: copy.path + "/data")
        for name in ["galera.cache", "gvwstate.dat"] {
            try? FileManager.default.removeItem(atPath: copy.path + "/data/" + name)
        }
        try first.start()
        let second = try PrivateServer(
            GaleraOptions.words(cluster: "127.0.0.1:\(port)", port: LocalSocket.freePort()) + transfer,
            copying: copy.path + "/data", programs: programs.path)
        nodes = [first, second]
    }

    /// A node that has fallen over by itself, if any has.
    var crash: NodeCrash? {
        // A node answers nobody a moment before its process is known to have ended.
        for node in nodes where !node.answers {
            try? eventually(5, "the node ends") { node.pid == nil }
        }
        for (node, name) in zip(nodes, ["a", "b"]) {
            guard let signal = node.fatalSignal, [SIGSEGV, SIGABRT].contains(signal) else { continue }
            return NodeCrash(node: name, signal: signal, log: node.log)
        }
        return nil
    }

    /// The joining node waits for its position, which the other one says: what the real scripts do around their copying.
    private static func script(in folder: String) -> String {
        """
        #!/bin/bash
        while [ "$#" -gt 0 ]; do
            case "$1" in --role) role=$2; shift ;; --gtid) position=$2; shift ;; esac
            shift
        done
        if [ "$role" = donor ]; then
            echo "$position" > '\(folder)/position.new' && mv '\(folder)/position.new' '\(folder)/position'
            echo "done $position"
        else
            echo "ready 127.0.0.1:1/nothing"
            for _ in $(seq 600); do [ -e '\(folder)/position' ] && break; sleep 0.1; done
            cat '\(folder)/position'
        fi
        """
    }
}

/// A server that ended by its own fault.
struct NodeCrash: Error, CustomStringConvertible {
    let node: String
    let signal: Int32
    let log: String
    var description: String { "node \(node) ended by signal \(signal): \(log)" }
}
