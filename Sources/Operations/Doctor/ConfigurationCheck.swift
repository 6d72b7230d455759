import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// Checks what is configured, and what that needs on this machine.
struct ConfigurationCheck {
    private(set) var diagnoses: [Diagnosis] = []

    /// - Parameter isSound: whether all of the configuration makes sense; else it is not known what was meant.
    init(_ context: RunContext, _ configuration: Configuration, _ environment: [String: String], isSound: Bool) {
        let database = configuration.find(.database)
        if let origin = database?.origin, origin != .defaultValue {
            diagnoses.append(.ok("configuration", "\(context.location), from \(origin.description)"))
        } else if isSound {
            diagnoses.append(.ok("configuration", "\(context.location), the default: no database is configured"))
        }
        for variable in configuration.unknownVariables {
            diagnoses.append(
                .note(
                    "configuration", "\(variable) is set and is not a setting of pnbook",
                    fix: .text("unset \(variable)")))
        }
        if environment["MYSQL_PWD"] != nil {
            diagnoses.append(
                .note(
                    "configuration", "MYSQL_PWD holds a password that other processes may read",
                    fix: .handOverPassword(first: "unset MYSQL_PWD")))
        }
        if let ping = context.ping {
            diagnoses.append(
                Self.hasCurl
                    ? .ok("monitor", "runs are reported to \(ping.host)")
                    : .note("monitor", "pings need curl, and it is not installed", fix: .text("apt-get install curl")))
        }
        if context.ping != nil, case .file(let path, _)? = configuration.find(.pingURL)?.origin,
            Self.othersRead(path)
        {
            diagnoses.append(
                .note(
                    "monitor", "others may read \(path), and with it the monitor's address",
                    fix: .text("chmod go-r \(path)"))
            )
        }
        let service = InstalledService()
        if let service { diagnoses += ServiceCheck(service, context, configuration).diagnoses }
        if let file = context.metricsFile { addMetrics(file, service) }
    }

    private mutating func addMetrics(_ file: String, _ service: InstalledService?) {
        do {
            try MetricsFile.check(file)
        } catch {
            diagnoses.append(.broken("metrics", "\(error)", fix: error.remedy, .configuration))
        }
        if !MetricsFile.isCollected(file) {
            diagnoses.append(
                .note("metrics", "node_exporter reads no file of this name: \(file)", fix: .text("End it in .prom")))
        }
        // Where a service is installed, its user counts, and not the one who looks.
        if let service, file.hasPrefix("/") {
            if let problem = MetricsAccess(of: file, by: service.user).problem {
                diagnoses.append(.note("metrics", problem))
            }
            return
        }
        let folder = file.folderPath
        if access(folder.isEmpty ? "." : folder, W_OK) != 0 {
            diagnoses.append(
                .note(
                    "metrics", "metrics cannot be written to \(file): \(String(cString: strerror(errno)))",
                    fix: .text("Give this user the right to write \(folder), or name another file (PNBOOK_METRICS)")))
        }
    }

    private static func othersRead(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o004 != 0
    }

    private static var hasCurl: Bool {
        (try? ChildProcess("/usr/bin/env", ["curl", "--version"], isMute: true).run(within: 5).code) == 0
    }
}
