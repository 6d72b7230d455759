import Database
import ErrorModel
import Glibc
import PartnumberBooks

/// Checks the server or the file itself.
struct ServerCheck {
    private(set) var diagnoses: [Diagnosis] = []
    private let engine: Engine

    /// - Parameter location: as it is configured.
    init(_ report: ServerStatus, at location: DatabaseURL) {
        engine = location.engine
        let user: DisplayText = report.user.map { " as \($0)" } ?? ""
        diagnoses.append(.ok("reachable", "\(engine.name) \(report.version)\(user)\(Self.choice(report, location))"))
        addVersion(report.version)
        if report.user?.hasPrefix("@") == true { addAnonymous() }
        switch location {
        case .mariadb(let location):
            diagnoses.append(TLSCheck(report, report.server ?? location).diagnosis)
            addReplication(report, isMeant: location.writesToReplica)
        case .sqlite(let path): addNames(of: path)
        }
        if let most = report.maximumConnections, most < ServerStatus.connectionsOfARun {
            diagnoses.append(
                .broken(
                    "connections",
                    "the user may have \(most.grouped) at once, and a run needs \(ServerStatus.connectionsOfARun)",
                    fix: .sql(["ALTER USER ... WITH MAX_USER_CONNECTIONS \(ServerStatus.connectionsOfARun + 1);"]),
                    .unreachable))
        }
        if report.isReadOnly {
            diagnoses.append(
                .broken(
                    "writable", "the server is switched to read-only",
                    fix: .otherDatabase(
                        what: "the primary server", alternative: "if this is it: SET GLOBAL read_only = OFF;"),
                    .tryLater))
        }
        if let packet = report.maximumPacket, packet < Self.smallPacket {
            diagnoses.append(
                .broken(
                    "max_allowed_packet", "\(packet.grouped) bytes are too few for the result of a task",
                    fix: .sql(["SET GLOBAL max_allowed_packet = 16777216;"])))
        } else if let packet = report.maximumPacket {
            diagnoses.append(.ok("max_allowed_packet", "\(packet.grouped) bytes"))
        }
        addCluster(report.cluster)
        addClock(report.clockDifference)
        addCollations(report.tables)
    }

    /// SQLite's log, its locks and ours go by the name of the file: under two names they are two.
    private mutating func addNames(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_nlink > 1 else { return }
        diagnoses.append(
            .note(
                "file",
                "it has \(status.st_nlink) names (hard links): two programs that open it by different ones do not see each other, "
                    + "and destroy what the other writes",
                fix: .text("find / -xdev -samefile \(path)  (and keep one of them)")))
    }

    /// Which of several servers all that follows is about.
    private static func choice(_ report: ServerStatus, _ location: DatabaseURL) -> DisplayText {
        guard case .mariadb(let location) = location, location.hosts.count > 1, let server = report.server else {
            return ""
        }
        return ", on \(server.hosts[0].label)"
    }

    /// The smallest packet that every message of ours fits into, in bytes.
    private static let smallPacket = 1 << 20

    private mutating func addVersion(_ version: String) {
        guard let oldest = engine.dialect.oldestLine else { return }
        let numbers = version.split(separator: /[.-]/).prefix(2).compactMap { Int($0) }
        if let major = numbers.first, (major, numbers.last ?? 0) < oldest {
            diagnoses.append(
                .broken(
                    "version", "\(version) is older than \(oldest.major).\(oldest.minor)",
                    fix: .text("Use \(engine.name) \(oldest.major).\(oldest.minor) or newer")))
        }
    }

    private mutating func addAnonymous() {
        diagnoses.append(
            .note(
                "account",
                "the server logs this user in as its anonymous account, which takes precedence by its host",
                fix: .text("DROP USER ''@'localhost';  (on the server, by the host that 'reachable' shows)")))
    }

    private mutating func addReplication(_ report: ServerStatus, isMeant: Bool) {
        guard let replication = report.replication, !report.isReadOnly else { return }
        diagnoses.append(
            isMeant
                ? .note("replica", "the server replicates \(replication.summary), and is written to as the URL says")
                : .broken("replica", replication.dangerOfWriting, fix: .text(ReplicationReport.wayOut), .tryLater))
    }

    private mutating func addCluster(_ cluster: ClusterReport?) {
        guard let cluster else { return }
        let state: DisplayText = "\(cluster.status), \(cluster.state), \(cluster.nodes.counted("node"))"
        diagnoses.append(
            cluster.isUsable
                ? .ok("cluster", state)
                : .broken(
                    "cluster", "\(state); this node takes no statements",
                    fix: .otherDatabase(what: "another node", alternative: "bring this one back into the cluster"),
                    .unreachable))
    }

    /// Difference in milliseconds up to which clocks count as equal.
    private static let toleratedDifference: Int64 = 2000

    private mutating func addClock(_ difference: Int64?) {
        guard let difference else { return }
        if (-Self.toleratedDifference...Self.toleratedDifference).contains(difference) {
            diagnoses.append(.ok("clock", "the server's and this machine's agree"))
        } else if difference >= ClockGuard.contradiction || difference <= -ClockGuard.contradiction {
            diagnoses.append(
                .broken(
                    "clock",
                    difference > 0
                        ? "the server's clock is \(days(difference)) ahead of this machine's, and a run that writes is refused"
                        : "the server's clock is \(days(difference)) behind this machine's, and a run that writes is refused",
                    fix: .text("timedatectl set-ntp true  (on both)"), .refused))
        } else {
            diagnoses.append(
                .note(
                    "clock",
                    difference > 0
                        ? "the server's clock is \(seconds(difference)) s ahead of this machine's, which dates the books"
                        : "the server's clock is \(seconds(difference)) s behind this machine's, which dates the books",
                    fix: .text("timedatectl set-ntp true  (on both)")))
        }
    }

    private func seconds(_ milliseconds: Int64) -> String { (abs(milliseconds) / 1000).grouped }

    private func days(_ milliseconds: Int64) -> DisplayText {
        Int64(clamping: milliseconds.magnitude / UInt64(ClockGuard.contradiction)).counted("day")
    }

    private mutating func addCollations(_ tables: [TableReport]) {
        guard let items = tables.first(where: { $0.name == "qt_partnumber_book_items" }), !items.collations.isEmpty
        else { return }
        let names = ["partnumber", "lot_name"].compactMap { items.collations[$0] }
        if let narrow = items.collations.values.first(where: { !$0.hasPrefix("utf8mb4") }) {
            diagnoses.append(
                .broken(
                    "collations", "the items' texts are \(narrow), which cannot hold every character",
                    fix: .sql([
                        "ALTER TABLE qt_partnumber_book_items CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;"
                    ]),
                    .schema))
        } else if names.contains(where: { !$0.hasSuffix("_bin") }) {
            diagnoses.append(
                .note(
                    "collations",
                    "the items' keys are \(Set(names).sorted().joined(separator: ", ")), as another program made them: right, "
                        + "but 'show', 'diff' and 'verify' make the server sort"))
        } else {
            diagnoses.append(.ok("collations", "the items' keys are \(Set(names).sorted().joined(separator: ", "))"))
        }
    }
}
