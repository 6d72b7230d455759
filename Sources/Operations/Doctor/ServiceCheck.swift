import Chronology
import Database
import ErrorModel
import FoundationEssentials

/// Checks whether the installed service can run with the configuration in force: its units were made for one, perhaps for another.
struct ServiceCheck {
    private(set) var diagnoses: [Diagnosis] = []
    private let service: InstalledService
    /// Where the database is a file, it says by its owner whom the service runs as.
    private var isEmbedded = false

    /// - Parameters:
    ///   - context: a run's, with `configuration`.
    ///   - configuration: what is configured. Where it is not what the service is given, nothing is said of the service.
    init(_ service: InstalledService, _ context: RunContext, _ configuration: Configuration) {
        self.service = service
        guard let handed = try? SystemdCredentials(configuration), let file = handed.configuration,
            service.service["LoadCredential"].contains(Self.credential("pnbook.conf", file)),
            // What was given for this run alone says nothing of a night.
            case .file? = configuration.find(.database)?.origin, let location = context.databaseURL,
            let paths = try? SandboxPaths(context, configuration, location, program)
        else { return }
        if case .sqlite = location { isEmbedded = true }
        for (name, path) in handed.credentials where !isGiven(name, path) {
            add("the service is not given \(path)")
        }
        if let path = handed.defaultsFile, !isGiven("pnbook.cnf", path) { add("the service is not given \(path)") }
        for folder in paths.written where !mayWrite(below: folder) {
            add("the service's units do not let it write to \(folder)")
        }
        if case .mariadb(let server) = location, let file = server.tlsCA { addUnreadable(file) }
        if case .sqlite(let path) = location,
            FolderAccess.mayWrite(SQLiteFiles.realPath(path), user: service.user) == false
        {
            addForeignFile(path)
        }
        if let folder = paths.metricsFolder, !mayWrite(below: folder) {
            add("the service's units do not let it write to \(folder)", isNeeded: false)
        }
        if paths.needsNetwork, service.service.isYes("PrivateNetwork") { add("the service's units give it no network") }
        if paths.isAtHome, service.service.isYes("ProtectHome") {
            add("the service's units hide the homes of users from it, and a path of the configuration is in one")
        }
        addTimer(context.zone)
        addProgram()
    }

    private var program: String {
        service.service["ExecStart"].last?.split(separator: " ").first.map(String.init) ?? "/usr/bin/pnbook"
    }

    private static func credential(_ name: String, _ path: String) -> String {
        UnitText.word("\(name):\(path)", dollar: false)
    }

    private func isGiven(_ name: String, _ path: String) -> Bool {
        service.service["LoadCredential"].contains(Self.credential(name, path))
    }

    private func mayWrite(below folder: String) -> Bool {
        let open =
            service.service["ReadWritePaths"].flatMap { value in
                // A path with blanks is one word, in quotes.
                value.hasPrefix("\"") ? [value] : value.split(separator: " ").map(String.init)
            } + service.service["StateDirectory"].map { "/var/lib/" + $0 }
        let word = UnitText.word(folder, dollar: false)
        return open.contains { path in
            let path = path.hasPrefix("-") ? String(path.dropFirst()) : path.replacing("\"-", with: "\"")
            return word == path || word.hasPrefix(path + "/")
        }
    }

    private mutating func add(_ found: DisplayText, isNeeded: Bool = true) {
        let remedy: Remedy =
            if let user = service.user, !isEmbedded {
                .text(
                    "Print units for this configuration: pnbook service --user \(user) --to /etc/systemd/system && systemctl "
                        + "daemon-reload")
            } else {
                .text(
                    "Print units for this configuration: pnbook service --to /etc/systemd/system && systemctl daemon-reload"
                )
            }
        add(found, remedy, .configuration, isNeeded: isNeeded)
    }

    private mutating func add(_ found: DisplayText, _ remedy: Remedy, _ category: ErrorCategory, isNeeded: Bool = true)
    {
        // A service that nothing starts costs no night its book.
        diagnoses.append(
            isNeeded && service.isEnabled
                ? .broken("service", found, fix: remedy, category) : .note("service", found, fix: remedy))
    }

    private mutating func addForeignFile(_ path: String) {
        guard let user = service.user else {
            return add("the service runs as a user of systemd's making, who may not write to \(path)")
        }
        add(
            "the service runs as \(user), who may not write to \(path)",
            .text("Give the file to \(user), with what lies beside it: chown \(user): \(path)*"), .permission)
    }

    private mutating func addUnreadable(_ file: String) {
        guard FolderAccess.mayRead(file, user: service.user) == false else { return }
        add(
            "the service may not read \(file)", .text("Let the service's user read it: chmod go+r \(file)"),
            .configuration)
    }

    /// Whoever installs a package beside what was built from source goes on with the older one each night.
    private mutating func addProgram() {
        let own = OwnProgram.path
        guard own.hasSuffix("/pnbook"), program.hasSuffix("/pnbook"), program != own else { return }
        add("the service starts \(program), and this program is \(own)", isNeeded: false)
    }

    private mutating func addTimer(_ zone: Zone) {
        guard let zoneOfTimer = service.timer["OnCalendar"].last?.split(separator: " ").last.map(String.init),
            zoneOfTimer.contains(where: \.isLetter), zoneOfTimer != "\(zone)"
        else { return }
        add("the service's timer goes by \(zoneOfTimer), and the configuration by \(zone)", isNeeded: false)
    }
}
