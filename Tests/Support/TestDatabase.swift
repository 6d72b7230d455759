package import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation
import Harness
import Testing

/// The engines that every contract is tested on. A missing MariaDB fails the test; it is never skipped.
package enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite
    case mariadb

    /// For the tests that compare one engine with the other.
    package static let both: [TestEngine] = [.sqlite, .mariadb]

    /// Both, or the one that `Tests/run --engine` names: SQLite is the same beside every line of MariaDB.
    package static let allCases =
        ProcessInfo.processInfo.environment["PNBOOK_TEST_ENGINE"]
        .flatMap(TestEngine.init).map { [$0] } ?? both

    package var testDescription: String { rawValue }
}

/// A fresh, empty database for one test: a SQLite file in a folder of its own, or a schema on the private MariaDB that the
/// tests share. Removed with the last reference.
package final class TestDatabase {
    package let engine: TestEngine
    /// A folder of the test's own, for files beside the database.
    package let folder: String
    private let name: String

    package init(_ engine: TestEngine) throws {
        self.engine = engine
        name = "t_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased().prefix(20)
        folder = NSTemporaryDirectory() + "/pnbook-test-" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        switch engine {
        case .sqlite: try TestTally.record(engine, version: Self.sqliteVersion.get())
        case .mariadb:
            let server = try Self.server()
            defer { server.close() }
            try server.execute("CREATE DATABASE \(identifier: name)")
            try TestTally.record(engine, version: try server.first("SELECT VERSION()") { $0.text(0) ?? "" } ?? "")
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
        if engine == .mariadb, let server = try? Self.server() {
            // A test that failed may have left a transaction open, which a DROP would wait for.
            _ = try? server.execute("SET SESSION lock_wait_timeout = 2")
            _ = try? server.execute("DROP DATABASE \(identifier: name)")
        }
    }

    /// The SQLite file's path.
    package var path: String { folder + "/books.db" }

    /// The value for `--database`.
    package var url: String {
        get throws {
            switch engine {
            case .sqlite: "sqlite:" + path
            case .mariadb: "mariadb://root@localhost/\(name)?socket=\(try Self.socket())"
            }
        }
    }

    /// The same schema for another user.
    package func url(user: String) throws -> String {
        "mariadb://\(user)@localhost/\(name)?socket=\(try Self.socket())"
    }

    /// The MariaDB schema's name.
    package var schema: String { name }

    /// Opens a connection of its own.
    ///
    /// - Parameter migrating: SQLite's foreign keys off, as migrations want it.
    package func connect(migrating: Bool = false) throws -> any Connection {
        switch engine {
        case .sqlite: try SQLiteConnection(path: path, access: .create, enforcesForeignKeys: !migrating)
        case .mariadb:
            try Self.connection(user: "root", schema: name)
        }
    }

    /// One that may hold a transaction for as long as a slow machine takes.
    private static func connection(user: String, schema: String) throws -> any Connection {
        var options = MariaDBOptions(
            location: MariaDBURL(user: user, host: "localhost", socket: try socket(), schema: schema))
        options.idleTransactionTimeout = 3600
        return try MariaDBConnection(options)
    }

    /// Opens a connection to the MariaDB schema as somebody else, who has no password.
    package func connect(user: String) throws -> any Connection {
        try Self.connection(user: user, schema: name)
    }

    /// A connection to the shared server itself, as root.
    package static func server() throws -> any Connection {
        try connection(user: "root", schema: "mysql")
    }

    private static let sqliteVersion = Result {
        let path = NSTemporaryDirectory() + "/pnbook-version-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let connection = try sqlite(at: path)
        defer { connection.close() }
        return try connection.first("SELECT sqlite_version()") { $0.text(0) ?? "" } ?? ""
    }

    /// The shared server's socket.
    package static func socket() throws -> String { try sharedServer.get().socket }

    /// The server that all tests share which need none of their own. Started by the first that asks for it; it ends with
    /// this process.
    private static let sharedServer = Result {
        try PrivateServer(
            in: Workspace(named: "pnbook-shared"),
            options: ["--innodb-buffer-pool-size=128M", "--innodb-flush-log-at-trx-commit=0"])
    }
}

extension TestDatabase {
    /// Another SQLite file of the test's.
    package static func sqlite(at path: String, lockBase: String? = nil) throws -> any Connection {
        try SQLiteConnection(path: path, access: .create, lockBase: lockBase)
    }
}

extension TestDatabase {
    /// A fresh SQLite file that holds its texts in another encoding than UTF-8.
    ///
    /// - Parameter encoding: as `PRAGMA encoding` names it: `UTF-16le`, `UTF-16be`.
    package convenience init(sqliteIn encoding: String) throws {
        try self.init(.sqlite)
        let connection = try connect()
        defer { connection.close() }
        try connection.execute("PRAGMA encoding = '\(raw: encoding)'")
        // The first table settles it.
        try connection.execute("CREATE TABLE first (id INTEGER)")
        try connection.execute("DROP TABLE first")
    }
}
