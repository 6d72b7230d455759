import Database
import ErrorModel

/// The server or the file itself.
package struct ServerCheck {
    private(set) var remarks: [Diagnosis] = []
    private let engine: Engine

    /// - Parameter location: as it is configured.
    init(_ report: ServerStatus, at location: DatabaseURL) {
        engine = location.engine
        let user = report.user.map { " as \($0)" } ?? ""
        remarks.append(.ok("reachable", "\(engine.name) \(report.version)\(user)"))
        addVersion(report.version)
        if report.user?.hasPrefix("@") == true { addAnonymous() }
        switch location {
        case .mariadb(let location): remarks.append(TLSCheck(report, location).remark)
        case .sqlite: break
        }
        if let most = report.maximumConnections, most < ServerStatus.connectionsOfARun {
            remarks.append(
                .broken(
                    "connections",
                    "the user may have \(most.grouped) at once, and a run needs \(ServerStatus.connectionsOfARun)",
                    fix: .sql(["ALTER USER ... WITH MAX_USER_CONNECTIONS \(ServerStatus.connectionsOfARun + 1);"]),
                    .unreachable))
        }
        if report.isReadOnly {
            remarks.append(
                .broken(
                    "writable", "the server is switched to read-only",
                    fix: .otherDatabase(
                        what: "the primary server", alternative: "where this is it: SET GLOBAL read_only = OFF;"),
                    .tryLater))
        }
        if let packet = report.maximumPacket, packet < Self.smallPacket {
            remarks.append(
                .broken(
                    "max_allowed_packet", "\(packet.grouped) bytes are too few for a task's result",
                    fix: .sql(["SET GLOBAL max_allowed_packet = 16777216;"])))
        } else if let packet = report.maximumPacket {
            remarks.append(.ok("max_allowed_packet", "\(packet.grouped) bytes"))
        }
        addCluster(report.cluster)
        addClock(report.clockDifference)
        addCollations(report.tables)
    }

    /// The smallest packet that any message of ours fits into.
    private static let smallPacket = 1 << 20

    private mutating func addVersion(_ version: String) {
        guard let oldest = engine.dialect.oldestLine else { return }
        let numbers = version.split(separator: /[.-]/).prefix(2).compactMap { Int($0) }
        if let major = numbers.first, (major, numbers.last ?? 0) < oldest {
            remarks.append(
                .broken(
                    "version", "\(version) is older than \(oldest.major).\(oldest.minor)",
                    fix: .text("Use \(engine.name) \(oldest.major).\(oldest.minor) or newer")))
        }
    }

    private mutating func addAnonymous() {
        remarks.append(
            .note(
                "account",
                "the server takes this user for its account without a name, which comes before others by its host",
                fix: .text("DROP USER ''@'localhost';  (on the server, by the host that 'reachable' shows)")))
    }

    private mutating func addCluster(_ cluster: ClusterReport?) {
        guard let cluster else { return }
        let words = "\(cluster.status), \(cluster.state), \(cluster.nodes.counted("node"))"
        remarks.append(
            cluster.isReady && cluster.status == "Primary"
                ? .ok("cluster", words)
                : .broken(
                    "cluster", "\(words); this node takes no statements",
                    fix: .otherDatabase(what: "another node", alternative: "bring this one back into the cluster"),
                    .unreachable))
    }

    /// Milliseconds of difference that nobody need hear of.
    private static let toleratedDifference: Int64 = 2000

    private mutating func addClock(_ difference: Int64?) {
        guard let difference else { return }
        if abs(difference) <= Self.toleratedDifference {
            remarks.append(.ok("clock", "the server's and this machine's agree"))
        } else {
            remarks.append(
                .note(
                    "clock",
                    "the server's clock is \((abs(difference) / 1000).grouped) s \(difference > 0 ? "ahead of" : "behind") "
                        + "this machine's, which dates the books",
                    fix: .text("timedatectl set-ntp true  (on both)")))
        }
    }

    private mutating func addCollations(_ tables: [TableReport]) {
        guard let items = tables.first(where: { $0.name == "qt_partnumber_book_items" }), !items.collations.isEmpty
        else { return }
        let names = ["partnumber", "lot_name"].compactMap { items.collations[$0] }
        if let narrow = items.collations.values.first(where: { !$0.hasPrefix("utf8mb4") }) {
            remarks.append(
                .broken(
                    "collations", "the items' texts are \(narrow), which cannot hold every character",
                    fix: .sql([
                        "ALTER TABLE qt_partnumber_book_items CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;"
                    ]),
                    .schema))
        } else if names.contains(where: { !$0.hasSuffix("_bin") }) {
            remarks.append(
                .note(
                    "collations",
                    "the items' keys are \(Set(names).sorted().joined(separator: ", ")), as another program made them: right, "
                        + "but 'show', 'diff' and 'verify' make the server sort"))
        } else {
            remarks.append(.ok("collations", "the items' keys are \(Set(names).sorted().joined(separator: ", "))"))
        }
    }
}
