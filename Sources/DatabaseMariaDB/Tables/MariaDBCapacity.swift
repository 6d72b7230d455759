import Database
import ErrorModel

extension MariaDBConnection {
    /// Bytes of a row in the binary log beside its values (measured on 10.11: lengths, numbers, NULL bits, events).
    private static let logOverhead = 17

    /// Bytes of a row's keys in a Galera write set (measured on 10.11 with Galera 4).
    private static let keyOverhead = 8

    /// Looks at what bounds a transaction: the binary log's cache, temporary space, and a cluster's write set. Both would be met at the end
    /// of the work only; by default they are so wide (16 EiB, 2 GiB) that few know of them.
    package func checkCapacity(rows count: Int, bytes: Int) throws {
        let settings = try rows(
            """
            SHOW GLOBAL VARIABLES WHERE variable_name IN
                ('log_bin', 'max_binlog_cache_size', 'max_tmp_session_space_usage', 'max_tmp_total_space_usage',
                 'wsrep_on', 'wsrep_max_ws_size', 'wsrep_max_ws_rows')
            """
        ) { ($0.text(0) ?? "", $0.text(1) ?? "") }
        let values = Dictionary(settings) { first, _ in first }
        let isOn = { (name: String) in values[name] == "ON" }
        let number = { (name: String) in values[name].flatMap(UInt64.init) ?? .max }
        let log = UInt64(bytes + count * Self.logOverhead)
        if isOn("log_bin"), log > number("max_binlog_cache_size") {
            throw full("about \(log) bytes", "max_binlog_cache_size", allows: number("max_binlog_cache_size"))
        }
        // From 11.5 on what of the log does not fit into its cache counts as temporary space, of which zero means no limit.
        for setting in ["max_tmp_session_space_usage", "max_tmp_total_space_usage"] where isOn("log_bin") {
            let limit = number(setting)
            if limit > 0, log > limit { throw full("about \(log) bytes", setting, allows: limit) }
        }
        guard isOn("wsrep_on") else { return }
        let writeSet = log + UInt64(count * Self.keyOverhead)
        if writeSet > number("wsrep_max_ws_size") {
            throw full("about \(writeSet) bytes", "wsrep_max_ws_size", allows: number("wsrep_max_ws_size"))
        }
        // Zero means no limit.
        let most = number("wsrep_max_ws_rows")
        if most > 0, UInt64(count) > most { throw full("\(count) rows", "wsrep_max_ws_rows", allows: most) }
    }

    private func full(_ need: DisplayText, _ setting: String, allows limit: UInt64) -> DatabaseError {
        DatabaseError(
            kind: .full, engine: .mariadb, code: 1197,
            message:
                "\(need) would have to be written in one transaction, and \(setting) allows \(limit)", place: place,
            advice: .text("Raise it, on a cluster on every node; then run again"))
    }
}
