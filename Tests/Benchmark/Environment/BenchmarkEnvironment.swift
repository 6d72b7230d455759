import Database
import Foundation
import Harness

/// Where databases are made: files in the workspace, schemas of the private server, or the one that the user names.
final class BenchmarkEnvironment {
    let engine: Engine
    let workspace: Workspace
    let program: MeasuredProgram
    /// Whether the engine is waited for between measurements.
    let waitsForIdle: Bool
    private let server: PrivateServer?
    private let named: (url: String, connections: ConnectionFactory)?

    /// What a production server has and a fresh one may not: durable commits, room for a catalogue in memory, and a redo
    /// log that a book fits into.
    static let serverSettings = [
        "--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M",
    ]

    /// - Parameters:
    ///   - url: the user's database, which must not hold any of our tables; nil for a private one.
    ///   - passwordFile: as `pnbook` takes it.
    init(engine: Engine, url: String?, passwordFile: String?, parent: String, keeps: Bool, waitsForIdle: Bool) throws {
        self.engine = engine
        self.waitsForIdle = waitsForIdle
        named = try url.map {
            ($0, try ConnectionFactory(location: try DatabaseURL(parsing: $0), passwordFile: passwordFile))
        }
        if let named {
            let isMariaDB = if case .mariadb = named.connections.location { true } else { false }
            guard isMariaDB == (engine == .mariadb) else {
                throw BenchmarkError("--database \(named.url) is not of --engine \(engine.rawValue)")
            }
        }
        do {
            workspace = try Workspace(in: parent, named: "pnbook-bench", keeps: keeps)
        } catch let error as WorkspaceError {
            throw BenchmarkError("\(error); name another with --folder")
        }
        server =
            engine == .mariadb && url == nil
            ? try PrivateServer(in: workspace, options: Self.serverSettings) : nil
        program = try MeasuredProgram(folder: workspace.folder, passwordFile: passwordFile, serverPID: server?.pid)
    }

    /// The server's process, where it is ours to look at.
    var serverPID: Int32? { server?.pid }

    /// Makes an empty database; drop it before the next where the user has named one.
    func makeDatabase(_ name: String) throws -> BenchmarkDatabase {
        if let named { return try BenchmarkDatabase(self, url: named.url, named.connections, isNamed: true) }
        let location: DatabaseURL
        switch engine {
        case .sqlite:
            location = .sqlite(path: workspace.folder + "/\(name).db")
        case .mariadb:
            guard let server else { throw BenchmarkError("there is no private server") }
            let connection = try server.connect()
            defer { connection.close() }
            try connection.execute("CREATE DATABASE \(identifier: name)")
            location = try DatabaseURL(parsing: server.url(name))
        }
        return try BenchmarkDatabase(
            self, url: location.description, ConnectionFactory(location: location, password: nil), isNamed: false)
    }

    /// Stops the private server and removes the folder.
    func close() {
        server?.stop()
        workspace.close()
    }
}
