import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation

/// Opens connections to one database, on any thread.
struct ConnectionFactory: Sendable {
    let location: DatabaseURL
    let password: Secret?

    init(location: DatabaseURL, password: Secret?) {
        self.location = location
        self.password = password
    }

    /// - Parameter passwordFile: the password is its first line; nil for none.
    init(location: DatabaseURL, passwordFile: String?) throws {
        self.location = location
        password = try passwordFile.map { file in
            Secret(String(try String(contentsOfFile: file, encoding: .utf8).prefix { !$0.isNewline }))
        }
    }

    /// Opens a connection as the program opens its own.
    func connect() throws -> any Connection {
        switch location {
        case .sqlite(let path): try SQLiteConnection(path: path, access: .create)
        case .mariadb(let location): try MariaDBConnection(MariaDBOptions(location: location, password: password))
        }
    }
}
