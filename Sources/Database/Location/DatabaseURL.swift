/// Where a database is: what `--database` says, without any secret.
package enum DatabaseURL: Hashable, Sendable {
    /// A file's path.
    case sqlite(path: String)
    case mariadb(MariaDBURL)

    package var engine: Engine {
        switch self {
        case .sqlite: .sqlite
        case .mariadb: .mariadb
        }
    }

    /// As it is written.
    package var description: String {
        switch self {
        case .sqlite(let path): "sqlite:" + path
        case .mariadb(let location): location.description
        }
    }
}
