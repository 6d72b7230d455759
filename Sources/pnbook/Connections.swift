import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation
import Tasks

/// How a run reaches its database.
extension AppContext {
    /// What a connection is for.
    enum Purpose {
        case read
        case write
        /// Makes the SQLite file where there is none.
        case load
        case migrate
        case tasks
        /// Reads what others are told of a run: a server that does not answer must not hold it up.
        case figures
    }

    /// Which database this run is about, for messages.
    var place: String { location?.description ?? "no database" }

    /// Where the database is.
    func database() throws -> DatabaseURL {
        guard let location else { throw UsageError(description: "this verb works on no database") }
        return location
    }

    /// Opens a connection of its own.
    func connect(for purpose: Purpose) throws -> any Connection {
        #if DEBUG
            return FaultInjection.wrapping(try open(for: purpose))
        #else
            return try open(for: purpose)
        #endif
    }

    private func open(for purpose: Purpose) throws -> any Connection {
        switch try database() {
        case .mariadb(let location):
            var options = MariaDBOptions(
                location: location, password: try passwordSource?.password { try cancellation.check() },
                defaultsFile: try settings.defaultsFile())
            // The tasks' connection speaks every half second; if either side vanishes, the other must notice soon.
            if purpose == .tasks {
                options.idleTimeout = 60
                options.readTimeout = 15
            }
            if purpose == .figures { options.readTimeout = 15 }
            // Rows come without a pause; a process that stands still must not hold the books for long.
            if purpose == .write { options.idleTransactionTimeout = 30 }
            // While an ALTER waits for a table, its readers wait behind it: seconds, not minutes.
            if purpose == .migrate {
                options.lockWaitTimeout = 3
                options.idleTimeout = 60
            }
            let connection = try MariaDBConnection(options)
            if purpose != .read && purpose != .figures { try connection.requireWritable() }
            return connection
        case .sqlite(let path):
            switch purpose {
            case .read, .figures: return try SQLiteConnection(path: path, access: .readOnly)
            case .write: return try SQLiteConnection(path: path, access: .readWrite)
            case .load: return try SQLiteConnection(path: path, access: .create)
            case .migrate:
                return try SQLiteConnection(
                    path: path, access: .readWrite, enforcesForeignKeys: false, lockBase: Self.realPath(path))
            case .tasks:
                return try SQLiteConnection(
                    path: Self.taskFile(beside: path), access: .create, lockBase: Self.realPath(path))
            }
        }
    }

    /// The stored tasks for reading; nil where none have ever been stored.
    func storedTasks(for purpose: Purpose = .read) throws -> TaskStore? {
        switch try database() {
        case .mariadb: return TaskStore(try connect(for: purpose))
        case .sqlite(let path):
            // The database first: a wrong path is an error, not an empty list.
            try connect(for: .read).close()
            let file = Self.taskFile(beside: path)
            guard FileManager.default.fileExists(atPath: file) else { return nil }
            return TaskStore(try SQLiteConnection(path: file, access: .readOnly))
        }
    }

    /// The stored tasks, to be changed by somebody else than their owner.
    func writableTasks() throws -> TaskStore {
        // The database first: a wrong path is an error, and makes no file.
        try connect(for: .read).close()
        return TaskStore(try connect(for: .tasks))
    }

    /// The sibling file that keeps a SQLite database's tasks.
    static func taskFile(beside path: String) -> String { realPath(path) + "-tasks" }

    /// The file behind symbolic links: one database has one task file and one lock, whatever it is called by.
    static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
