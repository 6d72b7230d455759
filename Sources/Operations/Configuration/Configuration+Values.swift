package import Chronology
package import Database
package import Foundation
package import Tasks

/// What the settings mean.
extension Configuration {
    package func databaseURL() throws -> DatabaseURL? {
        try value(.database) { try DatabaseURL(parsing: $0) }
    }

    package func zone() throws -> Zone {
        let zone = try value(.timezone) { name in
            guard let zone = Zone(identifier: name) else {
                throw BadValue(description: "'\(name)' is no IANA time zone; write one such as Europe/Berlin or UTC")
            }
            return zone
        }
        return zone ?? .utc
    }

    /// - Parameter fallback: who it is where nothing is said.
    package func trigger(default fallback: String) throws -> TaskTrigger {
        let parse = { (text: String) in
            guard let who = TaskTrigger(text) else {
                throw BadValue(
                    description: "'\(text)' is none of manual:<user>, scheduled and api:<client> "
                        + "with at most \(TaskTrigger.maximumLength) characters")
            }
            return who
        }
        return try value(.triggeredBy, parse) ?? parse(fallback)
    }

    package func defaultsFile() throws -> String? {
        guard let found = find(.defaultsFile) else { return nil }
        let file = found.text
        if file.isBlank { throw ConfigurationError(description: Self.empty(found.origin.description)) }
        try SecretFile.check(file, credentials: credentials)
        return file
    }

    package func metricsFile() throws -> String? {
        try value(.metrics) { path in
            guard !path.isEmpty else { throw BadValue(description: "this names no file; take it out for none") }
            return path
        }
    }

    /// The address to tell of runs; a part of it is as good as a password, so it is never repeated.
    package func pingURL() throws -> URL? {
        try value(.pingURL) { text in
            guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
                scheme == "https" || scheme == "http", url.host()?.isEmpty == false, url.query == nil,
                url.fragment == nil,
                !text.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "\\" })
            else {
                throw BadValue(
                    description: "this is no web address to which /start and /fail can be appended; write one that "
                        + "begins with https:// and has no ? and no #")
            }
            return url
        }
    }
}
