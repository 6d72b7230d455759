import Database
import Foundation
package import Harness

extension PrivateServer {
    /// A small server of one test's own, which counts in the tally.
    ///
    /// - Parameters:
    ///   - options: further options of `mariadbd`.
    ///   - data: a folder with the data of a server that had stopped, to begin with a copy of it; nil for a fresh installation.
    ///   - programs: a folder whose programs come before all others for the server; nil for none.
    package convenience init(
        _ options: [String] = [], copying data: String? = nil, programs: String? = nil
    ) throws {
        try self.init(
            in: Workspace(named: "pnbook-server"),
            options: ["--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M"] + options, copying: data,
            programs: programs)
        try count()
    }

    /// Counts the server in the tally.
    package func count() throws {
        let connection = try connect()
        defer { connection.close() }
        try TestTally.record(.mariadb, version: try connection.first("SELECT VERSION()") { $0.text(0) ?? "" } ?? "")
    }
}
