import Chronology
package import Database
package import ErrorModel
import FoundationEssentials

/// The text of a systemd service and its timer, for the configuration in force.
package struct SystemdUnits {
    /// The text of `pnbook.service`.
    package let service: String
    /// The text of `pnbook.timer`.
    package let timer: String
    /// What the administrator must do because the units cannot.
    package let warnings: [DisplayText]

    /// - Parameters:
    ///   - program: by its full path.
    ///   - user: nil for the one that fits the database.
    ///   - onFailure: units that systemd starts when a night has failed for good.
    ///   - at: `hh:mm` in the context's zone.
    ///   - jitter: seconds.
    package init(
        _ context: RunContext, _ configuration: Configuration, program: String, user: String?,
        onFailure: [UnitName] = [], at: String, jitter: Int
    ) throws {
        var lines = UnitText()
        let handed = try SystemdCredentials(configuration)
        lines.section("Unit")
        try lines.add("Description", "Make tonight's partnumber book")
        let location = try context.requireDatabase()
        let paths = try SandboxPaths(context, configuration, location, program)
        switch location {
        case .mariadb(let mariadb):
            try lines.add("Wants", "network-online.target")
            try lines.add("After", "network-online.target" + (mariadb.isLocalSocket ? " mariadb.service" : ""))
        case .sqlite: break
        }
        if !onFailure.isEmpty { try lines.add("OnFailure", onFailure.map(\.text).joined(separator: " ")) }
        // systemd counts every start, also those that went well and those by hand: a limit of it would one day refuse the
        // timer's. What is tried again is limited below.
        try lines.add("StartLimitIntervalSec", "0")
        lines.section("Service")
        try lines.add("Type", "oneshot")
        let configuration = handed.configuration.map { _ in " --config %d/pnbook.conf" } ?? ""
        try lines.add(
            "ExecStart",
            "\(UnitText.word(program)) create --triggered-by scheduled --quiet --retry-for \(Self.retryFor)\(configuration)"
        )
        try Self.addConfiguration(handed, to: &lines)
        try Self.addUser(user, location, to: &lines)
        try Self.addEnds(to: &lines)
        try Self.addSandbox(paths, to: &lines)
        service = lines.text
        timer = try Self.timer(at: at, zone: context.zone, jitter: jitter)
        warnings =
            handed.warnings + paths.warnings + Self.warning(on: paths.metrics, user, location)
            + onFailure.filter { !$0.isInstalled }.map {
                "\($0.text) is not installed; install it, or nobody is told of a failed night" as DisplayText
            }
    }

    /// For how long a run tries again while the database is away, busy or full.
    private static let retryFor = "1h"
    /// How many runs in a row may crash, be killed or come to no end.
    private static let mostCrashes = 3

    /// How a run ends that does not end by itself.
    private static func addEnds(to lines: inout UnitText) throws {
        // The hour in which it tries again, and two for the run.
        try lines.add("TimeoutStartSec", "3h")
        try lines.add("TimeoutStopSec", "90s")
        // Someone has ended it on purpose, perhaps before it could say so itself.
        try lines.add("SuccessExitStatus", "130 143 SIGINT SIGTERM")
        // A run that ends with an exit code has tried long enough, or a person must help. One that was killed is tried again, and
        // counted in a folder that systemd keeps between such starts and no longer.
        try lines.add("Restart", "on-abnormal")
        try lines.add("RestartSec", "10min")
        try lines.add("RuntimeDirectory", "pnbook")
        try lines.add("RuntimeDirectoryPreserve", "restart")
        try lines.add(
            "ExecStartPre",
            "/bin/sh -c 'echo >> $RUNTIME_DIRECTORY/starts; [ $$(wc -l < $RUNTIME_DIRECTORY/starts) -le \(mostCrashes) ] || "
                + "{ echo \"<3>pnbook: the last \(mostCrashes) runs were killed; no further one is started\" >&2; exit 1; }'"
        )
    }

    /// The database's file, if it is not known who owns it, so that the user of the service has to be named; else nil.
    package static func fileWithoutOwner(_ url: DatabaseURL?) -> String? {
        guard let url, case .sqlite(let path) = url, path.hasPrefix("/") else { return nil }
        return (try? owner(of: url)) == nil ? path : nil
    }

    /// A warning if the metrics could never be written; a run would warn each night, and go on.
    private static func warning(on file: String?, _ user: String?, _ location: DatabaseURL) -> [DisplayText] {
        guard let file else { return [] }
        return MetricsAccess(of: file, by: user ?? (try? owner(of: location))).problem.map { [$0] } ?? []
    }

    /// The user that runs it by default: nil for systemd's `DynamicUser`, for SQLite the file's owner.
    private static func owner(of location: DatabaseURL) throws -> String? {
        switch location {
        case .mariadb: return nil
        case .sqlite(let path):
            let attributes = try FileManager.default.attributesOfItem(atPath: SQLiteFiles.realPath(path))
            return attributes[.ownerAccountName] as? String
        }
    }

    private static func timer(at: String, zone: Zone, jitter: Int) throws -> String {
        var lines = UnitText()
        lines.section("Unit")
        try lines.add("Description", "Make a partnumber book every night")
        lines.section("Timer")
        try lines.add("OnCalendar", "*-*-* \(at):00 \(zone)")
        // A night when the machine was off is made up for.
        try lines.add("Persistent", "true")
        try lines.add("RandomizedDelaySec", "\(jitter)s")
        try lines.add("FixedRandomDelay", "true")
        lines.section("Install")
        try lines.add("WantedBy", "timers.target")
        return lines.text
    }

    /// What the service is given.
    static func addConfiguration(_ handed: SystemdCredentials, to lines: inout UnitText) throws {
        // A crash report shows the memory that registers point to, and the journal has more readers than that memory.
        try lines.add("Environment", "SWIFT_BACKTRACE=enable=no")
        for (setting, value) in handed.environment {
            try lines.add("Environment", UnitText.word("\(setting.variable)=\(value)", dollar: false))
        }
        for (name, path) in handed.credentials {
            try lines.add("LoadCredential", UnitText.word("\(name):\(path)", dollar: false))
        }
        if let path = handed.defaultsFile {
            try lines.add("LoadCredential", UnitText.word("pnbook.cnf:\(path)", dollar: false))
            try lines.add("Environment", "PNBOOK_DEFAULTS_FILE=%d/pnbook.cnf")
        }
    }

    static func addUser(_ user: String?, _ location: DatabaseURL, to lines: inout UnitText) throws {
        switch location {
        case .mariadb where user == nil:
            try lines.add("DynamicUser", "yes")
        case .mariadb:
            try lines.add("User", UnitText.literal(user ?? ""))
        case .sqlite(let path):
            guard let owner = user ?? (try? owner(of: location)) else {
                throw UsageError("\(path) is not there, or its owner has no name; name the user who runs it")
            }
            try lines.add("User", UnitText.literal(owner))
        }
    }

    static func addSandbox(_ paths: SandboxPaths, to lines: inout UnitText) throws {
        for folder in paths.written { try lines.add("ReadWritePaths", UnitText.word(folder, dollar: false)) }
        // The folder may be created later, or never: that must not cost a night its book.
        if let folder = paths.metricsFolder {
            try lines.add("ReadWritePaths", UnitText.word("-" + folder, dollar: false))
        }
        try lines.add("ProtectHome", paths.isAtHome ? "read-only" : "yes")
        try lines.add("PrivateTmp", paths.isInTemporaryFolder ? "no" : "yes")
        if paths.isInTemporaryFolder { try lines.add("ReadWritePaths", "/tmp /var/tmp") }
        if !paths.needsNetwork { try lines.add("PrivateNetwork", "yes") }
        try lines.add("RestrictAddressFamilies", paths.needsNetwork ? "AF_UNIX AF_INET AF_INET6" : "AF_UNIX")
        for line in hardening { try lines.add(line.0, line.1) }
    }

    /// Left out: ProtectProc and ProcSubset, which hide whether the process of a dead run is still alive; and a filter of the
    /// calls that set priorities, which the runtime's worker threads make.
    private static let hardening = [
        ("UMask", "0027"), ("LimitCORE", "0"), ("KeyringMode", "private"), ("RemoveIPC", "yes"), ("PrivateIPC", "yes"),
        ("NoNewPrivileges", "yes"), ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"), ("PrivateDevices", "yes"), ("ProtectClock", "yes"),
        ("ProtectHostname", "yes"), ("ProtectKernelLogs", "yes"), ("ProtectKernelModules", "yes"),
        ("ProtectKernelTunables", "yes"), ("ProtectControlGroups", "yes"), ("LockPersonality", "yes"),
        ("MemoryDenyWriteExecute", "yes"), ("RestrictNamespaces", "yes"), ("RestrictRealtime", "yes"),
        ("RestrictSUIDSGID", "yes"), ("SystemCallArchitectures", "native"),
        ("SystemCallFilter", "@system-service"), ("SystemCallFilter", "~@privileged"),
        ("SystemCallErrorNumber", "EPERM"),
    ]
}
