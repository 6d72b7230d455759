import ArgumentParser
import Database
import ErrorModel
import Operations

/// A connection of its own for a reader's statements, in place of the program's.
struct ReaderDatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Send the reader's statements to this URL, as a client's user would; it needs no more than SELECT on the two "
                + "book tables. The ledger is still read over --database.",
            valueName: "url"))
    var readerDatabase: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file that holds that user's password and that only its owner may read.", valueName: "file"))
    var readerPasswordFile: String?

    /// Opens the reader's own connection; nil where the program's is to be used.
    ///
    /// - Throws: `UsageError` for a flag, `ConfigurationError` for the file.
    func connect() throws -> (any Connection)? {
        guard let readerDatabase else {
            if readerPasswordFile == nil { return nil }
            throw UsageError("--reader-password-file is for --reader-database, which is not given")
        }
        let url: DatabaseURL
        do {
            url = try DatabaseURL(parsing: readerDatabase)
        } catch {
            throw UsageError("--reader-database: \(error)", remedy: error.remedy)
        }
        let file = readerPasswordFile
        return try ConnectionFactory(to: url, wrap: { $0 }) {
            Credentials(password: try file.map { try SecretFile.secret(at: $0) })
        }.open(.read)
    }
}
