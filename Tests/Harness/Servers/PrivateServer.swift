package import Database
import DatabaseMariaDB
import Foundation

/// A MariaDB of one's own on a Unix socket, to be measured, killed, restarted and starved.
///
/// The server is the first on the `PATH`. It stops with the last reference, and whatever ends this process.
package final class PrivateServer: @unchecked Sendable {
    /// The path of the server's socket.
    package var socket: String { workspace.folder + "/server.sock" }
    private let workspace: Workspace
    private let programs: String?
    private let options: [String]
    /// Changed only by the calls that start and stop the server, which are not made at the same time.
    private var process: ChildRun?

    /// How often the installation and a start are tried: what is tested is another program.
    private static let attempts = 3

    /// Installs a server and starts it.
    ///
    /// - Parameters:
    ///   - workspace: an empty folder, which the server has to itself.
    ///   - options: further options of `mariadbd`, for the installation too.
    ///   - data: a folder with the data of a server that had stopped, to begin with a copy of it; nil for a fresh installation.
    ///   - programs: a folder whose programs come before all others for the server; nil for none.
    ///   - first: options of the first start alone.
    /// - Throws: ``ServerFailure`` with what the server said where it does not start.
    package init(
        in workspace: Workspace, options: [String], copying data: String? = nil, programs: String? = nil,
        starting first: [String] = []
    ) throws {
        self.workspace = workspace
        self.options = options
        self.programs = programs
        // A server that starts, and one that installs, removes the temporary tables of all that share its folder for them.
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        if let data {
            try FileManager.default.copyItem(atPath: data, toPath: self.data)
        } else {
            try install()
        }
        try start(first)
    }

    deinit { crash() }

    /// The folder with the server's data.
    package var data: String { workspace.folder + "/data" }
    private var temporary: String { workspace.folder + "/tmp" }

    /// As root `mariadbd` refuses to run unless it is told to.
    private static var user: [String] { getuid() == 0 ? ["--user=root"] : [] }

    private var environment: [String: String] {
        // Debian keeps the server where a user's `PATH` does not look.
        let inherited = ProcessInfo.processInfo.environment
        let path = [programs, inherited["PATH"], "/usr/sbin:/usr/bin:/sbin:/bin"].compactMap(\.self)
        return inherited.merging(["PATH": path.joined(separator: ":"), "TMPDIR": temporary]) { $1 }
    }

    private func install() throws {
        let words =
            ["/usr/bin/env", "mariadb-install-db", "--no-defaults"] + Self.user
            + ["--datadir=\(data)", "--auth-root-authentication-method=normal"] + options
        for _ in 0..<Self.attempts {
            try? FileManager.default.removeItem(atPath: data)
            let installation = try workspace.start("install", words, environment: environment)
            let code = try installation.wait(120)
            workspace.forget("install")
            if code == 0 { return }
        }
        throw ServerFailure(
            what: "mariadb-install-db failed; is mariadb-server-core installed?", said: workspace.said("install"))
    }

    /// Starts the server and waits until it answers. A server that ends by itself or does not answer is started again.
    ///
    /// - Parameter further: options of this start alone.
    package func start(_ further: [String] = []) throws {
        for _ in 0..<Self.attempts where try tryToStart(further) { return }
        throw ServerFailure(what: "the private server does not answer", said: workspace.said("server"))
    }

    private func words(_ further: [String]) -> [String] {
        ["/usr/bin/env", "mariadbd", "--no-defaults"] + Self.user + [
            "--datadir=\(data)", "--socket=\(socket)", "--skip-networking", "--pid-file=\(data)/pid",
            "--tmpdir=\(temporary)",
        ] + options + further
    }

    /// Runs the server on its data until it has said a line that contains `mark`, and returns what it said.
    ///
    /// It is killed then, though its task is done: after a crash in a long transaction it may never end by itself.
    package func run(_ further: [String], untilSaid mark: String) throws -> String {
        let process = try workspace.start("task", words(further), environment: environment)
        defer {
            process.signal(SIGKILL)
            _ = try? process.wait()
            workspace.forget("task")
            unlink(workspace.log("task"))
        }
        var said = ""
        try eventually(60, "the server says '\(mark)'", every: 20_000) {
            let isRunning = process.isRunning
            said = (try? String(contentsOfFile: workspace.log("task"), encoding: .utf8)) ?? ""
            let line = said.range(of: mark).map { said[$0.upperBound...] }
            return line?.contains(where: \.isNewline) == true || !isRunning
        }
        return said
    }

    /// - Returns: false where it did not come up; then it is gone.
    private func tryToStart(_ further: [String]) throws -> Bool {
        let process = try workspace.start("server", words(further), environment: environment)
        self.process = process
        var isUp = false
        try? eventually(60, "the private server answers or ends", every: 20_000) {
            isUp = answers
            return isUp || !process.isRunning
        }
        if !isUp { crash() }
        return isUp
    }

    /// Whether the server serves tables; a node of a cluster that is not ready accepts connections all the same.
    package var answers: Bool {
        guard let connection = try? connect() else { return false }
        defer { connection.close() }
        return (try? connection.count("SELECT COUNT(*) FROM mysql.user")) != nil
    }

    /// Opens a connection as root.
    package func connect(schema: String = "mysql") throws -> any Connection {
        try MariaDBConnection(MariaDBOptions(location: location(schema)))
    }

    /// Where a schema on this server is.
    package func location(_ schema: String, user: String? = "root") -> MariaDBURL {
        MariaDBURL(user: user, host: "localhost", socket: socket, schema: schema)
    }

    /// The URL of a schema on this server.
    package func url(_ schema: String, user: String = "root") -> String {
        location(schema, user: user).description
    }

    // MARK: The process

    /// The server's process; nil where it does not run.
    package var pid: Int32? { process.flatMap { $0.isRunning ? $0.pid : nil } }

    /// The signal that ended the server by its own fault or by another process; nil while it runs.
    package var fatalSignal: Int32? { process?.fatalSignal }

    /// The end of what the server has said.
    package var log: String { workspace.said("server") }

    /// Stops the server in good order, or after a minute otherwise.
    package func stop() {
        process?.signal(SIGTERM)
        _ = try? process?.wait(60)
        crash()
    }

    /// `kill -9`, and waits until the server is gone.
    package func crash() {
        process?.signal(SIGKILL)
        _ = try? process?.wait(60)
        workspace.forget("server")
    }
}
