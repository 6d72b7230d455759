package import ErrorModel

/// That a server replicates another one, as far as the account may see.
package struct ReplicationReport: Sendable, Hashable {
    /// `db1.example:3306`, one for each channel; empty where the account may not see them.
    package let sources: [String]
    /// Whether changes arrive, or are applied, at the moment.
    package let isRunning: Bool
    /// Seconds by which the slowest channel is behind; nil where that is not known.
    package let secondsBehind: Int?
    /// Whether the server is a node of a cluster too, whose other nodes get what it replicates.
    package let isNode: Bool

    package init(sources: [String], isRunning: Bool, secondsBehind: Int?, isNode: Bool) {
        self.sources = sources
        self.isRunning = isRunning
        self.secondsBehind = secondsBehind
        self.isNode = isNode
    }

    /// Why a server that takes writes all the same is not to be written to.
    package var dangerOfWriting: DisplayText {
        "the server replicates \(source) and takes writes all the same (read_only=OFF): a book that is made here is missing there, "
            + "and stops the replication"
    }

    /// `db1.example:3306, 12 s behind`.
    package var summary: DisplayText {
        let behind: DisplayText = secondsBehind.map { ", \($0.grouped) s behind" } ?? ""
        return isRunning ? "\(source)\(behind)" : "\(source), stopped"
    }

    private var source: DisplayText { sources.isEmpty ? "another one" : .term(sources.joined(separator: ", ")) }

    /// What makes it a server to write to, or keeps it from being one.
    package static let wayOut: DisplayText =
        "Write to the server that it replicates, and switch this one to read-only: SET GLOBAL read_only = ON;  Where this one has taken "
        + "its place: STOP ALL REPLICAS; RESET REPLICA ALL;  Where both replicate each other and only this one is written to, add "
        + "replica=write to the URL"
}
