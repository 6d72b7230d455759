package import Chronology
package import Database
import ErrorModel
package import FoundationEssentials
import Glibc
package import Tasks

/// The settings as typed values; each throws ``UsageError`` for a flag and ``ConfigurationError`` for a variable or a line.
extension Configuration {
    /// The database; nil only where there is no default.
    package func databaseURL() throws -> DatabaseURL? {
        try value(.database) { text in
            let url = try DatabaseURL(parsing: text)
            if case .mariadb(let location) = url, let file = location.tlsCA { try Self.requireNoWait(for: file) }
            return url
        }
    }

    /// The client library reads the CA itself, and would wait for the writer of a pipe.
    private static func requireNoWait(for file: String) throws {
        var status = stat()
        guard stat(file, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return }
        throw BadValue(text: "the CA file (tls-ca) is a pipe or a device; name a PEM file")
    }

    /// The time zone of versions and retention; UTC by default.
    package func zone() throws -> Zone {
        let zone = try value(.timezone) { name in
            if let zone = Zone(identifier: name) { return zone }
            guard Zone.hasDatabase else {
                throw BadValue(
                    text: "'\(name)' is not known here: there is no time zone database; install tzdata, or use UTC")
            }
            throw BadValue(
                text:
                    "'\(name)' is not an IANA time zone that this machine knows; write one such as Europe/Berlin or UTC"
            )
        }
        return zone ?? .utc
    }

    /// Who asked for the run.
    ///
    /// - Parameter defaultValue: used where nothing is configured.
    package func trigger(default defaultValue: String) throws -> TaskTrigger {
        let parse = { (text: String) in
            guard let who = TaskTrigger(text) else {
                throw BadValue(
                    text: "'\(text)' is not manual:<user>, scheduled or api:<client> "
                        + "with at most \(TaskTrigger.maximumLength) characters")
            }
            return who
        }
        return try value(.triggeredBy, parse) ?? parse(defaultValue)
    }

    /// A MariaDB option file that only its owner may read; nil where none is configured.
    package func defaultsFile() throws -> String? {
        guard let found = try resolved(.defaultsFile) else { return nil }
        let file = found.text
        if file.isBlank { throw ConfigurationError(Self.empty(found.origin.description)) }
        try SecretFile.check(file, credentials: credentials)
        return file
    }

    /// Where `create` leaves its metrics; nil for nowhere.
    package func metricsFile() throws -> String? {
        try value(.metrics) { path in
            guard !path.isEmpty else {
                throw BadValue(text: "this is not the name of a file; remove it to write no metrics")
            }
            return path
        }
    }

    /// The monitor's address; nil for none. A part of it is as good as a password, so no message repeats it.
    package func pingURL() throws -> URL? {
        try value(.pingURL) { text in
            guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
                scheme == "https" || scheme == "http", url.host()?.isEmpty == false, url.query == nil,
                url.fragment == nil,
                !text.unicodeScalars.contains(where: {
                    $0.properties.isWhitespace || $0.isHidden || $0 == "\"" || $0 == "\\"
                })
            else {
                throw BadValue(
                    text: "this is not a web address to which /start and /fail can be appended; write one that "
                        + "begins with https:// and has no ? and no #")
            }
            return url
        }
    }
}
