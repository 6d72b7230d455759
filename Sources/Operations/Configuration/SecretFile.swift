package import Database
import Foundation

/// A file that holds a secret: only its owner may read it.
package enum SecretFile {
    /// The file's first line, as a secret.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be read, is empty, or others may read it.
    package static func secret(at path: String) throws -> Secret { Secret(try text(at: path)) }

    /// The file's first line.
    ///
    /// - Parameter credentials: systemd's folder of credentials, see ``check(_:credentials:)``.
    static func text(at path: String, credentials: String? = nil) throws -> String {
        try check(path, credentials: credentials)
        return try firstLine(of: path)
    }

    private static func firstLine(of path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError(description: "the password file \(path) cannot be read as text")
        }
        guard let line = text.firstLine else {
            throw ConfigurationError(description: "the password file \(path) is empty")
        }
        return line
    }

    /// - Parameter credentials: a folder whose files systemd shows to this service alone, by an access list that their
    ///   modes do not show.
    /// - Throws: ``ConfigurationError`` where others may read the file.
    static func check(_ path: String, credentials: String? = nil) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ConfigurationError(description: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard access(path, R_OK) == 0 else {
            throw ConfigurationError(description: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        if let credentials, path.hasPrefix(credentials + "/") { return }
        if status.st_mode & 0o077 != 0 {
            throw ConfigurationError(
                description: "\(path) holds a secret and others may read it; run: chmod 600 \(path)")
        }
    }
}

extension String {
    /// The text before the first line break; nil if that is empty.
    package var firstLine: String? {
        let line = prefix { $0 != "\n" && $0 != "\r\n" }
        return line.isEmpty ? nil : String(line)
    }
}
