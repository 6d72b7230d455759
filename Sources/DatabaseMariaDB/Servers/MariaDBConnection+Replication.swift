import Database
import ErrorModel

extension MariaDBConnection {
    /// What the server replicates; nil where it is not known to replicate any other.
    ///
    /// The channels are seen with REPLICA MONITOR. Without it, any account sees whether one is at work at the moment.
    func replication() throws -> ReplicationReport? {
        do {
            let channels = try namedRows(withoutWaiting("SHOW ALL SLAVES STATUS"))
            if channels.isEmpty { return nil }
            return ReplicationReport(
                sources: channels.map { "\($0["master_host"] ?? "?"):\($0["master_port"] ?? "?")" },
                isRunning: channels.contains { channel in
                    ["slave_io_running", "slave_sql_running"].contains { !["No", nil].contains(channel[$0]) }
                },
                secondsBehind: channels.compactMap { $0["seconds_behind_master"].flatMap(Int.init) }.max(),
                isNode: try ClusterState(of: self) != nil)
        } catch let error as DatabaseError where error.code == 1227 {
            let running = try textRows(withoutWaiting("SHOW GLOBAL STATUS LIKE 'Slaves_running'")).first?.last
            guard let running = running.flatMap(\.self).flatMap(Int.init), running > 0 else { return nil }
            return ReplicationReport(
                sources: [], isRunning: true, secondsBehind: nil, isNode: try ClusterState(of: self) != nil)
        }
    }
}
