import Chronology
import Database
import Foundation
import Logging

/// The text of a systemd service and its timer, for the configuration in force.
struct ServiceUnits {
    let service: String
    let timer: String
    /// What the units cannot do, and the admin must.
    let warnings: [String]

    /// - Parameters:
    ///   - program: by its full path.
    ///   - user: nil for the one that fits the database.
    ///   - at: `hh:mm` in the context's zone.
    ///   - jitter: seconds.
    init(_ context: AppContext, program: String, user: String?, at: String, jitter: Int) throws {
        var lines = Lines()
        let handed = try Handed(context.settings)
        lines.section("Unit")
        lines.add("Description", "Make tonight's partnumber book")
        let location = try context.database()
        if case .mariadb(let mariadb) = location {
            lines.add("Wants", "network-online.target")
            lines.add("After", "network-online.target" + (mariadb.isLocalSocket ? " mariadb.service" : ""))
        }
        // A database that is away is tried again; but not for a whole night.
        lines.add("StartLimitIntervalSec", "6h")
        lines.add("StartLimitBurst", "4")
        lines.section("Service")
        lines.add("Type", "oneshot")
        let configuration = handed.configuration.map { _ in " --config %d/pnbook.conf" } ?? ""
        lines.add(
            "ExecStart", "\(Self.quoted(program)) create --triggered-by scheduled --quiet\(configuration)")
        for (setting, value) in handed.environment {
            lines.add("Environment", Self.quoted("\(setting.variable)=\(value)"))
        }
        for (name, path) in handed.credentials { lines.add("LoadCredential", "\(name):\(Self.escaped(path))") }
        if let path = handed.defaultsFile {
            lines.add("LoadCredential", "pnbook.cnf:\(Self.escaped(path))")
            lines.add("Environment", "PNBOOK_DEFAULTS_FILE=%d/pnbook.cnf")
        }
        Self.addUser(user, location, to: &lines)
        lines.add("TimeoutStartSec", "2h")
        lines.add("TimeoutStopSec", "90s")
        lines.add("Restart", "on-failure")
        lines.add("RestartSec", "10min")
        // What a person must mend does not get better by itself.
        lines.add("RestartPreventExitStatus", "3 10 12 13 14 64 65 77 78 130 143")
        try Self.addHardening(context, location, program, to: &lines)
        service = lines.text
        timer = Self.timer(at: at, zone: context.zone, jitter: jitter)
        warnings = handed.warnings
    }

    private static func timer(at: String, zone: Zone, jitter: Int) -> String {
        var lines = Lines()
        lines.section("Unit")
        lines.add("Description", "Make a partnumber book every night")
        lines.section("Timer")
        lines.add("OnCalendar", "*-*-* \(at):00 \(zone)")
        // A night when the machine was off is made up for.
        lines.add("Persistent", "true")
        lines.add("RandomizedDelaySec", "\(jitter)s")
        lines.add("FixedRandomDelay", "true")
        lines.section("Install")
        lines.add("WantedBy", "timers.target")
        return lines.text
    }

    private static func addUser(_ user: String?, _ location: DatabaseLocation, to lines: inout Lines) {
        switch location {
        case .mariadb where user == nil:
            lines.add("DynamicUser", "yes")
        case .mariadb:
            lines.add("User", user ?? "")
        case .sqlite(let path):
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            lines.add("User", user ?? attributes?[.ownerAccountName] as? String ?? "root")
        }
    }

    private static func addHardening(
        _ context: AppContext, _ location: DatabaseLocation, _ program: String, to lines: inout Lines
    ) throws {
        var families = "AF_UNIX"
        var written: [String] = []
        var used = [program]
        let hasPing = context.ping != nil
        switch location {
        case .sqlite(let path):
            guard path.hasPrefix("/") else {
                throw UsageError(
                    description: "sqlite:\(path) is no full path; a service has no working folder: give --database "
                        + "sqlite:/…")
            }
            written.append(((path as NSString).standardizingPath as NSString).deletingLastPathComponent)
        case .mariadb(let mariadb):
            if !mariadb.isLocalSocket { families += " AF_INET AF_INET6" }
            used += [mariadb.tlsCA].compactMap(\.self)
        }
        if hasPing, !families.contains("INET") { families += " AF_INET AF_INET6" }
        if let file = context.metricsFile {
            written.append(((file as NSString).standardizingPath as NSString).deletingLastPathComponent)
        }
        for folder in written { lines.add("ReadWritePaths", escaped(folder)) }
        let isAtHome = (used + written).contains { path in
            ["/home/", "/root/", "/run/user/"].contains { path.hasPrefix($0) }
        }
        lines.add("ProtectHome", isAtHome ? "read-only" : "yes")
        if !families.contains("INET") { lines.add("PrivateNetwork", "yes") }
        lines.add("RestrictAddressFamilies", families)
        for line in hardening { lines.add(line.0, line.1) }
    }

    /// Not among them: ProtectProc and ProcSubset, which hide whether the process of a lost run still lives.
    private static let hardening = [
        ("UMask", "0027"), ("LimitCORE", "0"), ("NoNewPrivileges", "yes"), ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"), ("PrivateTmp", "yes"), ("PrivateDevices", "yes"), ("ProtectClock", "yes"),
        ("ProtectHostname", "yes"), ("ProtectKernelLogs", "yes"), ("ProtectKernelModules", "yes"),
        ("ProtectKernelTunables", "yes"), ("ProtectControlGroups", "yes"), ("LockPersonality", "yes"),
        ("MemoryDenyWriteExecute", "yes"), ("RestrictNamespaces", "yes"), ("RestrictRealtime", "yes"),
        ("RestrictSUIDSGID", "yes"), ("RemoveIPC", "yes"), ("SystemCallArchitectures", "native"),
        ("SystemCallFilter", "@system-service"), ("SystemCallFilter", "~@privileged @resources"),
        ("SystemCallErrorNumber", "EPERM"),
    ]

    /// A path as a unit's line has it.
    private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }

    private static func quoted(_ text: String) -> String {
        let text = escaped(text)
        guard text.contains(where: { " \"'\\;$".contains($0) }) else { return text }
        let inner = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("$", with: "$$")
        return "\"\(inner)\""
    }

    private struct Lines {
        private(set) var text = ""

        mutating func section(_ name: String) {
            text += (text.isEmpty ? "" : "\n") + "[\(name)]\n"
        }

        mutating func add(_ name: String, _ value: String) {
            text += "\(name)=\(value)\n"
        }
    }
}

/// What the service is given, and how: files as credentials, which it may read whoever owns them; the rest by variables.
private struct Handed {
    var configuration: String?
    var environment: [(Setting, String)] = []
    var credentials: [(name: String, path: String)] = []
    var defaultsFile: String?
    var warnings: [String] = []

    init(_ settings: Settings) throws {
        if let file = settings.file {
            configuration = try Self.full(file.path, "the configuration file")
            credentials.append(("pnbook.conf", configuration ?? ""))
        }
        for setting in Setting.allCases {
            guard let found = settings.find(setting), found.origin != .fallback else { continue }
            let isInFile = if case .file = found.origin { true } else { false }
            switch setting {
            case .passwordFile:
                credentials.append((PasswordSource.credentialName, try Self.full(found.text, setting.rawValue)))
            case .defaultsFile:
                defaultsFile = try Self.full(found.text, setting.rawValue)
            case .triggeredBy:
                continue
            case .pingURL, .passwordCommand:
                if !isInFile {
                    warnings.append(
                        "everybody may read a unit: write \(setting.rawValue) into the configuration file instead")
                }
            case .database, .timezone, .metrics:
                if !isInFile { environment.append((setting, found.text)) }
            }
        }
    }

    private static func full(_ path: String, _ what: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw UsageError(description: "\(what) \(path) is no full path; a service has no working folder")
        }
        // systemd takes no path that could be written more plainly.
        return (path as NSString).standardizingPath
    }
}
