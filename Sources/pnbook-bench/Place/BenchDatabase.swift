import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation

/// One database that the benchmark has to itself.
final class BenchDatabase {
    let site: Site
    /// What `--database` is told.
    let url: String
    private let location: DatabaseLocation
    private let password: Secret?

    /// - Parameter isNamed: the user has named it, so that it may be somebody's: then it must be empty.
    init(_ site: Site, url: String, _ location: DatabaseLocation, _ password: Secret?, isNamed: Bool) throws {
        self.site = site
        self.url = url
        self.location = location
        self.password = password
        if isNamed { try requireEmpty() }
    }

    var engine: Engine { site.engine }

    /// Opens a connection as the program opens its own.
    func connect() throws -> any Connection {
        switch location {
        case .sqlite(let path): try SQLiteConnection(path: path, access: .create)
        case .mariadb(let location): try MariaDBConnection(MariaDBOptions(location: location, password: password))
        }
    }

    /// Runs `body` on a connection of its own.
    func onConnection<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
        let connection = try connect()
        defer { connection.close() }
        return try body(connection)
    }

    // MARK: Beginning and end

    private func requireEmpty() throws {
        switch location {
        case .sqlite(let path):
            guard !FileManager.default.fileExists(atPath: path) else {
                throw BenchError("\(path) is there already, and the benchmark overwrites nothing; name a new file")
            }
        case .mariadb:
            let tables = try onConnection(Self.tables)
            guard tables.isEmpty else {
                throw BenchError("\(url) has tables (\(tables[0]), …); name an empty schema: it is emptied afterwards")
            }
        }
    }

    private static func tables(_ connection: any Connection) throws -> [String] {
        try connection.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()") {
            $0.text(0) ?? ""
        }
    }

    /// Removes everything in it, and the file or tables too.
    func drop() throws {
        switch location {
        case .sqlite(let path):
            let file = URL(fileURLWithPath: path)
            let folder = file.deletingLastPathComponent().path
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name == file.lastPathComponent || name.hasPrefix(file.lastPathComponent + "-") {
                try FileManager.default.removeItem(atPath: folder + "/" + name)
            }
        case .mariadb:
            try onConnection { connection in
                try connection.execute("SET SESSION foreign_key_checks = 0")
                for table in try Self.tables(connection) {
                    try connection.execute("DROP TABLE \(identifier: table)")
                }
            }
        }
    }

    // MARK: Facts

    /// Bytes that `tables` take on disk, or for SQLite all tables of the file; nil where it cannot be known.
    func bytes(of tables: [String], _ connection: any Connection) throws -> Int? {
        switch engine {
        case .sqlite:
            return try connection.count(
                """
                SELECT (page_count - freelist_count) * page_size
                FROM pragma_page_count, pragma_freelist_count, pragma_page_size
                """)
        case .mariadb:
            var sum = 0
            for table in tables {
                let size = try? connection.first(
                    """
                    SELECT allocated_size FROM information_schema.innodb_sys_tablespaces
                    WHERE name = CONCAT(DATABASE(), '/', \(table))
                    """
                ) { Int($0.integer(0) ?? 0) }
                guard let size else { return nil }
                sum += size
            }
            return sum
        }
    }

    /// Lets the engine finish what earlier work has left for later, so that no measurement pays for another's.
    func settle() throws {
        try onConnection { try Settling($0).run() }
    }
}
