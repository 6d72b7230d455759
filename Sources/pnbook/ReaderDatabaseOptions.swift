import ArgumentParser
import Database
import DatabaseMariaDB
import DatabaseSQLite
import ErrorModel

/// Where a reader's statements go, if not over the connection of the program itself.
struct ReaderDatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Ask the reader's questions over this URL, as a client's user would; it needs no more than SELECT on the two "
                + "book tables. What was recorded is still read over --database.",
            valueName: "url"))
    var readerDatabase: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file that holds that user's password and that nobody else may read.", valueName: "file"))
    var readerPasswordFile: String?

    /// Opens the reader's own connection; nil where the program's is to be used.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for the file.
    func connect() throws -> (any Connection)? {
        guard let readerDatabase else {
            if readerPasswordFile == nil { return nil }
            throw UsageError(description: "--reader-password-file is for --reader-database, which is not given")
        }
        let location: DatabaseURL
        do {
            location = try DatabaseURL(parsing: readerDatabase)
        } catch {
            throw UsageError(description: "--reader-database: \(error)", remedy: error.remedy)
        }
        let password = try readerPasswordFile.map { Secret(try SecretFile.text(at: $0)) }
        switch location {
        case .sqlite(let path): return try SQLiteConnection(path: path, access: .readOnly)
        case .mariadb(let location):
            return try MariaDBConnection(MariaDBOptions(location: location, password: password))
        }
    }
}
