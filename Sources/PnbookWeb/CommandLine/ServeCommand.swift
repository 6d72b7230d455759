import ArgumentParser
import ErrorModel
import FoundationEssentials
import Operations

/// The flags of `pnbook-web`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pnbook-web",
        abstract: "Serves the page on which partnumber books are made, compared, pinned and activated.",
        discussion: """
            The page is at /vendor-mappings, for whoever has the token. It reads the books and the tasks, and starts the installed \
            'pnbook' for each run: the run goes on when the page ends.

            Which database, password and time zone is said as for 'pnbook', by flags, variables or the configuration file. \
            'pnbook service --web' prints the units for systemd.
            """,
        version: ProgramVersion.text)

    @Option(
        name: .long, help: ArgumentHelp("The database, as for 'pnbook'. (PNBOOK_DATABASE)", valueName: "url"))
    var database: String?

    @Option(
        name: .long, help: ArgumentHelp("A configuration file, as for 'pnbook'. (PNBOOK_CONFIG)", valueName: "file"))
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file with the database's password, as for 'pnbook'. (PNBOOK_PASSWORD_FILE)", valueName: "file"))
    var passwordFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A command that prints the database's password, as for 'pnbook'. (PNBOOK_PASSWORD_COMMAND)",
            valueName: "command"))
    var passwordCommand: String?

    @Option(
        name: .long,
        help: ArgumentHelp("A MariaDB option file, as for 'pnbook'. (PNBOOK_DEFAULTS_FILE)", valueName: "file"))
    var defaultsFile: String?

    @Option(name: .long, help: ArgumentHelp("The time zone, as for 'pnbook'. (PNBOOK_TIMEZONE)", valueName: "zone"))
    var timezone: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where the page is served: ADDRESS:PORT, unix:PATH, or systemd for its socket.", valueName: "address"))
    var listen = "127.0.0.1:8787"

    @Flag(name: .long, help: "Serve it at an address that other machines reach. Put a proxy with TLS in front.")
    var allowRemote = false

    @Option(
        name: .long,
        help: ArgumentHelp("A file that holds the token and that only its owner may read.", valueName: "file"))
    var tokenFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The systemd credential that holds the token. (default, where there is one: \(TokenSource.credentialName))",
            valueName: "name"))
    var tokenCredential: String?

    @Option(name: .long, help: ArgumentHelp("A command that prints the token, run by /bin/sh.", valueName: "command"))
    var tokenCommand: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The page's address as browsers see it, such as https://books.example. (default: the host they ask for)",
            valueName: "origin"))
    var origin: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A folder for what must outlive a restart. (default: systemd's state folder, or ~/.local/state/pnbook-web)",
            valueName: "folder"))
    var stateDir: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The installed 'pnbook', by its full path. (default: beside this program)", valueName: "file"))
    var program: String?
}

extension ServeCommand {
    /// The values given for this run alone.
    var overrides: (values: [ConfigurationKey: Configuration.Override], file: Configuration.Override?) {
        let given: [(ConfigurationKey, String?)] = [
            (.database, database), (.passwordFile, passwordFile), (.passwordCommand, passwordCommand),
            (.defaultsFile, defaultsFile), (.timezone, timezone),
        ]
        var values: [ConfigurationKey: Configuration.Override] = [:]
        for case (let key, let value?) in given {
            values[key] = Configuration.Override(value: value, name: "--" + key.rawValue)
        }
        return (values, config.map { Configuration.Override(value: $0, name: "--config") })
    }

    /// Where the token comes from.
    ///
    /// - Throws: `UsageError` for none, and for more than one.
    func tokenSource(_ environment: [String: String]) throws -> TokenSource {
        let given = [
            tokenFile.map(TokenSource.file), tokenCredential.map(TokenSource.credential),
            tokenCommand.map(TokenSource.command),
        ].compactMap(\.self)
        guard given.count <= 1 else {
            throw UsageError("there is one token; give --token-file, --token-credential or --token-command")
        }
        if let source = given.first { return source }
        let credential = (environment["CREDENTIALS_DIRECTORY"] ?? "") + "/" + TokenSource.credentialName
        guard environment["CREDENTIALS_DIRECTORY"] != nil, FileManager.default.fileExists(atPath: credential) else {
            throw UsageError(
                "nobody gets in without a token; give --token-file, --token-credential or --token-command",
                remedy: .text("Make one: (umask 077; openssl rand -base64 32 > FILE)"))
        }
        return .credential(TokenSource.credentialName)
    }

    /// The page's origin, checked.
    ///
    /// - Throws: `UsageError`.
    func checkedOrigin() throws -> String? {
        guard let origin else { return nil }
        guard let url = URL(string: origin), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false,
            ["", "/"].contains(url.path()), url.query() == nil, url.fragment() == nil, url.user() == nil
        else { throw UsageError("--origin '\(origin)' is not an origin; write one such as https://books.example") }
        return origin
    }
}
