import ArgumentParser
import Database
import ErrorModel
import FoundationEssentials
import Glibc
import Logging
import Operations
import Pipelines
import WebServer

/// The program's entry point: parses, serves until it is asked to end, and ends with one exit code.
package enum PnbookWebProgram {
    /// Serves the page that the process was started for, and ends the process.
    ///
    /// - Parameter files: finds the page's own files.
    package static func main(files: @escaping PageFiles = { _ in nil }) -> Never {
        // Before anything else: a file opened now would get the number of a closed stream.
        StandardStreams.fill()
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // Runs are waited for, whatever our parent ignores.
        signal(SIGCHLD, SIG_DFL)
        for name in [
            "MYSQL_UNIX_PORT", "MYSQL_TCP_PORT", "LIBMYSQL_PLUGINS", "LIBMYSQL_PLUGIN_DIR", "MARIADB_PLUGIN_DIR",
        ] {
            unsetenv(name)
        }
        // Before there is another thread, which would take them.
        StopSignals.block()
        ProcessEnd.exit(run(files))
    }

    private static func run(_ files: @escaping PageFiles) -> Int32 {
        let environment = ProcessInfo.processInfo.environment
        let log = ServiceLog(environment)
        let logger = Logger(label: "pnbook-web") { _ in log }
        let command: ServeCommand
        do {
            command = try ServeCommand.parse()
        } catch {
            return end(parsing: error)
        }
        do {
            return try serve(command, environment, logger, files)
        } catch {
            let failure = WebFailure(of: error)
            let fix = failure.fix.map { ". \($0)" as DisplayText } ?? ""
            logger.complain("\(failure.message)\(fix)")
            return failure.code
        }
    }

    /// Help and the version are a result; anything else is a usage error.
    private static func end(parsing error: any Error) -> Int32 {
        let text = ServeCommand.fullMessage(for: error)
        guard ServeCommand.exitCode(for: error) == .success else {
            ServiceLog.write(
                text.split(separator: "\n").map { $0.withHiddenScalarsEscaped }.joined(separator: "\n") + "\n", nil)
            return ExitStatus.usage.rawValue
        }
        let isWritten = (text + "\n").withCString { write(STDOUT_FILENO, $0, strlen($0)) } > 0
        return isWritten ? 0 : ExitStatus.output.rawValue
    }

    private static func serve(
        _ command: ServeCommand, _ environment: [String: String], _ logger: Logger, _ files: @escaping PageFiles
    ) throws -> Int32 {
        let listen = try ListenAddress(command.listen)
        let origin = try command.checkedOrigin()
        let source = try command.tokenSource(environment)
        let (overrides, file) = command.overrides
        let configuration = try Configuration(overrides: overrides, file: file, environment: environment)
        let zone = try configuration.zone()
        let connections = try connections(configuration)
        try configuration.requireValues()
        let program = try InstalledProgram(
            path: command.program ?? InstalledProgram.besideThisProgram,
            environment: configuration.environmentForPrograms)
        let address = try listen.address(environment)
        try requireLocal(listen, address, command.allowRemote)
        let token = try source.token(credentials: environment["CREDENTIALS_DIRECTORY"])
        let folder = try StateFolder(command.stateDir, environment)
        let application = WebApplication(
            PnbookWebContext(
                connections: connections, zone: zone, program: program, stateFolder: folder.path, token: token,
                origin: origin, logger: logger), files: files)
        defer { application.stop() }
        let options = WebServerOptions(
            address: address, refusal: WebApplication.response, onTrouble: { logger.warn("\($0)") })
        let server = try waiting { try await WebServer.start(options) { await application.respond(to: $0) } }
        logger.inform("serving at \(name(of: server.address))")
        ServiceManager.tell("READY=1", environment)
        let number = StopSignals.wait()
        logger.inform("asked to end; runs go on")
        ServiceManager.tell("STOPPING=1", environment)
        // What is left then is cut off.
        StopSignals.endAtNext()
        waiting { await server.stop(within: .seconds(5)) }
        return number == SIGINT ? ExitStatus.interrupted.rawValue : 0
    }

    private static func connections(_ configuration: Configuration) throws -> ConnectionFactory {
        let source = try PasswordSource(configuration)
        guard let url = try configuration.databaseURL() else { throw UsageError("no database is configured") }
        try source?.check()
        _ = try configuration.defaultsFile()
        return ConnectionFactory(
            to: url, staysOnServer: false,
            credentials: {
                Credentials(password: try source?.password {}, defaultsFile: try configuration.defaultsFile())
            })
    }

    /// - Throws: `UsageError` for an address that other machines reach, unless that was asked for by name.
    private static func requireLocal(_ listen: ListenAddress, _ address: WebAddress, _ isAllowed: Bool) throws {
        let isLocal: Bool
        if case .inherited(let descriptor) = address {
            isLocal = SystemdSocket.isLocal(descriptor)
        } else {
            isLocal = listen.isLocal ?? false
        }
        guard isLocal || isAllowed else {
            throw UsageError(
                "other machines reach that address, and the page has no TLS of its own",
                remedy: .text(
                    "Put a proxy with TLS in front of a loopback address or a socket; or, if that is right, add --allow-remote"
                ))
        }
    }

    private static func name(of address: WebAddress) -> String {
        switch address {
        case .tcp(let host, let port): host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        case .inherited: "the socket of systemd"
        }
    }

    /// As a task of this thread it would have a higher one, and all that it begins: for that the runtime asks for a nice value that
    /// only root gets.
    private static let priority = TaskPriority.medium

    /// Runs asynchronous work to its end on another thread, and waits for it on this one.
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Monitor<Result<Value, any Error>?>(nil)
        Task(priority: priority) {
            do {
                let value = try await work()
                outcome.withLock { $0 = .success(value) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
        }
        return try outcome.wait(until: { $0 != nil }) { outcome in
            guard let outcome else { preconditionFailure("there is an outcome") }
            return try outcome.get()
        }
    }

    private static func waiting(_ work: @escaping @Sendable () async -> Void) {
        let isDone = Monitor(false)
        Task(priority: priority) {
            await work()
            isDone.withLock { $0 = true }
        }
        isDone.wait(until: \.self) { _ in }
    }
}
