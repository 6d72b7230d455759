import ArgumentParser
import Chronology
import ErrorModel
import Logging
import Operations
import Tasks

/// The flags that every command has (<doc:Configuration#Settings>).
struct CommonOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "A configuration file. (PNBOOK_CONFIG; default: ~/.config/pnbook/pnbook.conf, else /etc/pnbook/pnbook.conf)",
            valueName: "file"))
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The database: sqlite:PATH or mariadb://user@host:port/schema. (PNBOOK_DATABASE; default: sqlite:pnbook.db)",
            discussion: """
                Several hosts, host1,host2:3307, are tried in their order. A MariaDB URL takes ?socket=PATH, ?tls=disable|require|verify-ca|verify-full (default verify-full over \
                TCP), ?tls-ca=FILE and ?replica=write. It never contains a password.
                """,
            valueName: "url"))
    var database: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file that holds the password and that only its owner may read. (PNBOOK_PASSWORD_FILE)", valueName: "file"
        ))
    var passwordFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A command that prints the password, run by /bin/sh. (PNBOOK_PASSWORD_COMMAND)", valueName: "command"))
    var passwordCommand: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A MariaDB option file; the group [pnbook] is read. (PNBOOK_DEFAULTS_FILE)", valueName: "file"))
    var defaultsFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The IANA time zone of dates and of retention. (PNBOOK_TIMEZONE; default: UTC)", valueName: "zone"))
    var timezone: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Who starts the run: manual:<user>, scheduled or api:<client>. (PNBOOK_TRIGGERED_BY; default: manual:<login>)",
            valueName: "who"))
    var triggeredBy: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The time that counts as now, such as 2026-11-20T03:00:00Z.", valueName: "instant"))
    var now: String?

    @Flag(name: .long, help: "Print one JSON document instead of a table.")
    var json = false

    @Option(
        name: .long,
        help: "How a running task is shown on stderr: auto, bar, plain (a line for each phase), json (lines) or none.")
    var progress: ProgressStyle = .auto

    @Flag(name: .shortAndLong, help: "Print no table and no progress; errors and warnings still go to stderr.")
    var quiet = false

    @Flag(
        name: .shortAndLong,
        help:
            "Say on stderr what is done: settings, connections, statements by name and time; never a value or a secret."
    )
    var verbose = false
}

extension CommonOptions {
    /// What is said on stderr: with --verbose everything, also under --quiet.
    var logLevel: Logger.Level { verbose ? .debug : quiet ? .warning : .info }

    /// The values given for this run alone: settings by their keys, and the configuration file.
    var overrides: (values: [ConfigurationKey: Configuration.Override], file: Configuration.Override?) {
        let given: [(ConfigurationKey, String?)] = [
            (.database, database), (.passwordFile, passwordFile), (.passwordCommand, passwordCommand),
            (.defaultsFile, defaultsFile), (.timezone, timezone), (.triggeredBy, triggeredBy),
        ]
        var values: [ConfigurationKey: Configuration.Override] = [:]
        for case (let key, let value?) in given {
            values[key] = Configuration.Override(value: value, name: "--" + key.rawValue)
        }
        return (values, config.map { Configuration.Override(value: $0, name: "--config") })
    }

    /// The instant of `--now`; nil without it.
    ///
    /// - Throws: `UsageError`.
    func instant() throws -> Instant? {
        try now.map { text in
            guard let instant = Instant(iso8601: text) else {
                throw UsageError(
                    "--now '\(text)' is not an instant; write a date and time with a zone, "
                        + "such as 2026-11-20T03:00:00Z")
            }
            return instant
        }
    }
}
