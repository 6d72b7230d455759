import Database
package import ErrorModel
import FoundationEssentials
import Glibc

/// The text of the systemd units of the admin's page: its service and its socket, for the configuration in force.
package struct WebUnits {
    /// The text of `pnbook-web.service`.
    package let service: String
    /// The text of `pnbook-web.socket`.
    package let socket: String
    /// What the administrator must do because the units cannot.
    package let warnings: [DisplayText]

    /// Where and how the page is served.
    package struct Site: Sendable {
        /// As systemd's `ListenStream` has it: `127.0.0.1:8787`, `/run/pnbook-web/web.sock`.
        let listen: String
        /// The file of the token, by its full path.
        let tokenFile: String
        /// The page's address as browsers see it; nil for whatever host they ask for.
        let origin: String?

        package init(listen: String, tokenFile: String, origin: String?) {
            self.listen = listen
            self.tokenFile = tokenFile
            self.origin = origin
        }
    }

    /// - Parameters:
    ///   - program: `pnbook-web`, by its full path; `pnbook` lies beside it.
    ///   - user: nil for the one that fits the database.
    /// - Throws: ``UsageError``, ``ConfigurationError``.
    package init(
        _ context: RunContext, _ configuration: Configuration, program: String, user: String?, site: Site
    ) throws {
        let handed = try SystemdCredentials(configuration)
        let location = try context.requireDatabase()
        let paths = try SandboxPaths(context, configuration, location, program)
        let token = try SystemdCredentials.full(site.tokenFile, "the token file")
        var lines = UnitText()
        lines.section("Unit")
        try lines.add("Description", "Serve the page of partnumber books")
        try lines.add("Requires", "pnbook-web.socket")
        var after = "pnbook-web.socket"
        if case .mariadb(let mariadb) = location {
            try lines.add("Wants", "network-online.target")
            after += " network-online.target" + (mariadb.isLocalSocket ? " mariadb.service" : "")
        }
        try lines.add("After", after)
        lines.section("Service")
        try lines.add("Type", "notify")
        let config = handed.configuration.map { _ in " --config %d/pnbook.conf" } ?? ""
        let origin = site.origin.map { " " + UnitText.word("--origin=" + $0) } ?? ""
        try lines.add("ExecStart", "\(UnitText.word(program)) --listen systemd\(config)\(origin)")
        try SystemdUnits.addConfiguration(handed, to: &lines)
        // The runtime's library for threads writes to the journal that it may not raise a thread's priority, which nobody asks for.
        try lines.add("Environment", "LIBDISPATCH_LOG=NO")
        try lines.add("LoadCredential", UnitText.word("\(Self.tokenCredential):\(token)", dollar: false))
        try SystemdUnits.addUser(user, location, to: &lines)
        try Self.addLife(to: &lines)
        try SystemdUnits.addSandbox(paths, to: &lines)
        service = lines.text
        socket = try Self.socket(site)
        warnings = handed.warnings + paths.warnings + Self.warnings(token)
    }

    /// The name under which the page finds its token.
    private static let tokenCredential = "pnbook-web-token"

    private static func addLife(to lines: inout UnitText) throws {
        try lines.add("StateDirectory", "pnbook-web")
        try lines.add("StateDirectoryMode", "0700")
        // A run that the page has started goes on while the page is restarted, and is found again.
        try lines.add("KillMode", "process")
        try lines.add("TimeoutStopSec", "30s")
        try lines.add("Restart", "on-failure")
        try lines.add("RestartSec", "5s")
        try lines.add("LimitNOFILE", "4096")
    }

    private static func socket(_ site: Site) throws -> String {
        var lines = UnitText()
        lines.section("Unit")
        try lines.add("Description", "The socket of the page of partnumber books")
        lines.section("Socket")
        try lines.add("ListenStream", UnitText.literal(site.listen))
        // A proxy is let in by its group: SocketGroup=www-data in a drop-in.
        if site.listen.hasPrefix("/") { try lines.add("SocketMode", "0660") }
        lines.section("Install")
        try lines.add("WantedBy", "sockets.target")
        return lines.text
    }

    private static func warnings(_ token: String) -> [DisplayText] {
        guard !FileManager.default.fileExists(atPath: token) else { return [] }
        return ["\(token) is not there; make a token: (umask 077; openssl rand -base64 32 > \(token))"]
    }
}
