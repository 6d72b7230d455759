import CMariaDB
import Database
import ErrorModel

/// Checks the server's greeting, before the first statement.
enum MariaDBServer {
    /// The oldest supported line, as the client library counts versions.
    static let oldest = 100_600

    /// Refuses a server that is not MariaDB of a supported line: it lacks variables, statements or promises that we rely on.
    ///
    /// - Returns: the version in the server's own words.
    /// - Throws: `DatabaseError` of kind `unsupportedServer`, with name and version.
    static func requireSupported(_ pointer: UnsafeMutablePointer<MYSQL>, place: String) throws -> String {
        let version = mysql_get_server_info(pointer).map { String(cString: $0) } ?? "of an unknown version"
        let isMariaDB = mariadb_connection(pointer) != 0
        if isMariaDB, mysql_get_server_version(pointer) >= UInt(oldest) { return version }
        let name: DisplayText = isMariaDB ? "MariaDB" : "MySQL or another server"
        throw DatabaseError(
            kind: .unsupportedServer, engine: .mariadb, code: 0,
            message: "this is \(name) \(DisplayText.term(version)); pnbook needs MariaDB 10.6 or newer", place: place)
    }
}
