import Database
import Foundation

/// One database that the benchmark has to itself.
final class BenchmarkDatabase {
    let environment: BenchmarkEnvironment
    /// What `--database` is told.
    let url: String
    let connections: ConnectionFactory

    /// - Parameter isNamed: the user has named it, so that it may be somebody's: then it must be empty.
    init(_ environment: BenchmarkEnvironment, url: String, _ connections: ConnectionFactory, isNamed: Bool) throws {
        self.environment = environment
        self.url = url
        self.connections = connections
        if isNamed { try requireEmpty() }
    }

    var engine: Engine { environment.engine }

    var location: DatabaseURL { connections.location }

    func connect() throws -> any Connection { try connections.connect() }

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
                throw BenchmarkError("\(path) is there already, and the benchmark overwrites nothing; name a new file")
            }
        case .mariadb:
            let tables = try onConnection(Self.tables)
            guard tables.isEmpty else {
                throw BenchmarkError(
                    "\(url) has tables (\(tables[0]), …); name an empty schema: it is emptied afterwards")
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
            try removeFiles(besides: "-")
            try FileManager.default.removeItem(atPath: path)
        case .mariadb:
            try onConnection { connection in
                try connection.execute("SET SESSION foreign_key_checks = 0")
                for table in try Self.tables(connection) {
                    try connection.execute("DROP TABLE \(identifier: table)")
                }
            }
        }
    }

    /// Removes the files beside a SQLite file whose names go on like this.
    func removeFiles(besides ending: String) throws {
        guard case .sqlite(let path) = location else { return }
        let file = URL(fileURLWithPath: path)
        let folder = file.deletingLastPathComponent().path
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where name.hasPrefix(file.lastPathComponent + ending) {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
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
                // A partition has a file of its own.
                let size =
                    try? connection.first(
                        """
                        SELECT CAST(SUM(allocated_size) AS INTEGER) FROM information_schema.innodb_sys_tablespaces
                        WHERE name = CONCAT(DATABASE(), '/', \(table)) OR name LIKE CONCAT(DATABASE(), '/', \(table), '#P#%')
                        """
                    ) { $0.integer(0).map(Int.init) } ?? nil
                guard let size else { return nil }
                sum += size
            }
            return sum
        }
    }
}
