import Database
import DatabaseMariaDB
import Foundation

/// Where databases are made: files in the workspace, schemas of the private server, or the one that the user names.
final class Site {
    let engine: Engine
    let workspace: Workspace
    let program: Program
    /// The server's process, where it is ours to look at.
    let serverPID: Int32?
    /// Whether the engine is waited for between measurements.
    let settles: Bool
    private let named: (url: String, connector: Connector)?

    /// - Parameters:
    ///   - url: the user's database, in which none of our tables may stand; nil for a private one.
    ///   - passwordFile: as `pnbook` wants it.
    init(engine: Engine, url: String?, passwordFile: String?, parent: String, keeps: Bool, settles: Bool) throws {
        self.engine = engine
        self.settles = settles
        named = try url.map {
            ($0, try Connector(location: try DatabaseURL(parsing: $0), passwordFile: passwordFile))
        }
        if let named {
            let isMariaDB = if case .mariadb = named.connector.location { true } else { false }
            guard isMariaDB == (engine == .mariadb) else {
                throw BenchError("--database \(named.url) is not of --engine \(engine.rawValue)")
            }
        }
        let isPrivateServer = engine == .mariadb && url == nil
        workspace = try Workspace(in: parent, keeps: keeps) { folder in
            isPrivateServer ? try ServerPrograms.install(in: folder) : nil
        }
        do {
            serverPID = isPrivateServer ? try Self.waitForServer(workspace) : nil
            program = try Program(folder: workspace.folder, passwordFile: passwordFile, serverPID: serverPID)
        } catch {
            workspace.close()
            throw error
        }
    }

    /// Waits until the private server answers, a minute at most.
    private static func waitForServer(_ workspace: Workspace) throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                try MariaDBConnection(MariaDBOptions(location: location("mysql", in: workspace))).close()
                if let pid = workspace.serverPID { return pid }
            } catch {
                guard !workspace.hasServerEnded, ContinuousClock.now < deadline else {
                    let log = (try? String(contentsOfFile: workspace.folder + "/server.log", encoding: .utf8)) ?? ""
                    throw BenchError("the private server does not answer: \(error)\n\(log.suffix(2000))")
                }
            }
            usleep(50_000)
        }
    }

    private static func location(_ schema: String, in workspace: Workspace) -> MariaDBURL {
        MariaDBURL(
            user: "root", host: "localhost", socket: ServerPrograms.socket(in: workspace.folder), schema: schema)
    }

    /// Makes an empty database; drop it before the next where the user has named one.
    func makeDatabase(_ name: String) throws -> BenchDatabase {
        if let named { return try BenchDatabase(self, url: named.url, named.connector, isNamed: true) }
        let location: DatabaseURL
        switch engine {
        case .sqlite:
            location = .sqlite(path: workspace.folder + "/\(name).db")
        case .mariadb:
            let server = try MariaDBConnection(MariaDBOptions(location: Self.location("mysql", in: workspace)))
            defer { server.close() }
            try server.execute("CREATE DATABASE \(identifier: name)")
            location = .mariadb(Self.location(name, in: workspace))
        }
        return try BenchDatabase(
            self, url: location.description, Connector(location: location, password: nil), isNamed: false)
    }

    func close() {
        workspace.close()
    }
}
