package import Database
import DatabaseMariaDB
import DatabaseSQLite
package import ErrorModel
import FoundationEssentials
import Glibc
package import Tasks

/// Opens connections, each for its purpose. The only place that knows the drivers.
package struct ConnectionFactory: Sendable {
    /// Opens a connection of its own.
    package let open: @Sendable (ConnectionPurpose) throws -> any Connection
    /// Opens the stored tasks for reading; nil where none have ever been stored.
    package let openStoredTasks: @Sendable (ConnectionPurpose) throws -> TaskStore?
    /// Opens QuoteForge's own file, by its path. A new one has a temporary name until it is complete, so it needs no sync.
    package let openClientFile: @Sendable (_ path: String, _ isNew: Bool) throws -> any Connection
    /// The work begins again, or is over: the next connection may be made to another one of the URL's servers.
    package let release: @Sendable () -> Void
    /// How often connections have moved to another server.
    package let moves: @Sendable () -> Int
    /// Looks at each of the URL's servers; none for an engine without servers.
    package let servers: @Sendable () throws -> [ServerReport]

    /// Connections that the given closures open; for tests.
    package init(
        open: @escaping @Sendable (ConnectionPurpose) throws -> any Connection,
        openStoredTasks: @escaping @Sendable (ConnectionPurpose) throws -> TaskStore?,
        openClientFile: @escaping @Sendable (_ path: String, _ isNew: Bool) throws -> any Connection,
        release: @escaping @Sendable () -> Void = {}, moves: @escaping @Sendable () -> Int = { 0 },
        servers: @escaping @Sendable () throws -> [ServerReport] = { [] }
    ) {
        self.open = open
        self.release = release
        self.moves = moves
        self.servers = servers
        self.openStoredTasks = openStoredTasks
        self.openClientFile = openClientFile
    }

    /// Wraps every connection that is opened; a test makes connections fail here.
    package typealias Wrapper = @Sendable (any Connection) -> any Connection

    /// Fails loudly: for a run, or a test, that must not touch a database.
    package static let unopened = ConnectionFactory(
        open: { throw UnopenedConnection(purpose: $0) }, openStoredTasks: { throw UnopenedConnection(purpose: $0) },
        openClientFile: { _, _ in throw UnopenedConnection(purpose: .write) })

    /// Connections to one database.
    ///
    /// - Parameters:
    ///   - staysOnServer: whether a connection for writing keeps those that follow on its server, until ``release``; not in a process
    ///     that serves many.
    ///   - onPassing: told which of several servers were passed over.
    ///   - proceed: called again and again while a server is waited for; throws to end that.
    ///   - wrap: the connection that is used in place of the one that was opened.
    ///   - credentials: called for each connection to a server.
    package init(
        to url: DatabaseURL, staysOnServer: Bool = true,
        onPassing: @escaping @Sendable (DisplayText) -> Void = { _ in },
        proceed: @escaping @Sendable () throws -> Void = {}, wrap: @escaping Wrapper = { $0 },
        credentials: @escaping @Sendable () throws -> Credentials = { Credentials() }
    ) {
        let openClientFile = { @Sendable (path: String, isNew: Bool) in
            // Whether its foreign keys hold is the client's own business.
            wrap(
                try SQLiteConnection(
                    path: path, access: .readWrite, journal: isNew ? .memoryUnsynced : .unchanged,
                    enforcesForeignKeys: false))
        }
        switch url {
        case .mariadb(let url):
            let memory = OptionFileMemory(credentials)
            let servers = MariaDBServers(url, staysOnServer: staysOnServer, onPassing: onPassing)
            let open = { @Sendable (purpose: ConnectionPurpose) in
                wrap(try Self.open(servers, url, for: purpose, try memory.credentials(), proceed))
            }
            self.init(
                open: open, openStoredTasks: { TaskStore(try open($0)) }, openClientFile: openClientFile,
                release: { servers.release() }, moves: { servers.moves },
                servers: { servers.reports(try Self.options(url, memory.credentials(), proceed)) })
        case .sqlite(let path):
            let open = { @Sendable (purpose: ConnectionPurpose) in wrap(try Self.open(path, for: purpose)) }
            let openStoredTasks = { @Sendable (_: ConnectionPurpose) throws -> TaskStore? in
                // The database first: a wrong path is an error, not an empty list.
                try open(.read).close()
                let file = SQLiteFiles.tasks(beside: path)
                guard FileManager.default.fileExists(atPath: file) else { return nil }
                return TaskStore(
                    try SQLiteConnection(path: file, access: .readOnly, lockBase: SQLiteFiles.realPath(path)))
            }
            self.init(open: open, openStoredTasks: openStoredTasks, openClientFile: openClientFile)
        }
    }

    private static func open(
        _ servers: MariaDBServers, _ url: MariaDBURL, for purpose: ConnectionPurpose,
        _ credentials: OptionFileMemory.Known, _ proceed: @escaping @Sendable () throws -> Void
    ) throws -> any Connection {
        var options = options(url, credentials, proceed)
        switch purpose {
        case .tasks:
            // The tasks' connection speaks every half second; if either side vanishes, the other must notice soon.
            options.idleTimeout = 60
            options.readTimeout = 15
        case .metrics:
            options.readTimeout = 15
        case .write:
            // Rows come without a pause; a stalled process must not hold the books for long.
            options.idleTransactionTimeout = 30
        case .migrate:
            // While an ALTER waits for a table, its readers wait behind it: seconds, not minutes.
            options.lockWaitTimeout = 3
            options.idleTimeout = 60
        case .examine:
            do {
                return try servers.connect(options, isForWriting: true)
            } catch let error as DatabaseError where error.kind == .readOnly {
                return try servers.connect(options, isForWriting: false)
            }
        case .read, .load:
            break
        }
        return try servers.connect(options, isForWriting: purpose != .read && purpose != .metrics)
    }

    private static func options(
        _ url: MariaDBURL, _ credentials: OptionFileMemory.Known, _ proceed: @escaping @Sendable () throws -> Void
    ) -> MariaDBOptions {
        var options = MariaDBOptions(
            location: url, password: credentials.password, defaultsFile: credentials.defaultsFile)
        options.optionFile = credentials.optionFile
        // A connection that is opened when the run is to end already is one that undoes its work.
        if (try? proceed()) != nil { options.proceed = proceed }
        return options
    }

    private static func open(_ path: String, for purpose: ConnectionPurpose) throws -> any Connection {
        switch purpose {
        case .read, .metrics, .examine: try SQLiteConnection(path: path, access: .readOnly)
        case .write: try SQLiteConnection(path: path, access: .readWrite)
        case .load: try SQLiteConnection(path: path, access: .create)
        case .migrate:
            try SQLiteConnection(
                path: path, access: .readWrite, enforcesForeignKeys: false, lockBase: SQLiteFiles.realPath(path))
        case .tasks:
            try SQLiteConnection(
                path: SQLiteFiles.tasks(beside: path), access: .create, lockBase: SQLiteFiles.realPath(path))
        }
    }
}
