package import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// A file that holds a secret: only its owner may read it.
package enum SecretFile {
    /// The file's first line, as a secret.
    ///
    /// - Parameter credentials: systemd's folder of credentials, whose files it shows to this service alone.
    /// - Throws: ``ConfigurationError`` if it cannot be read, is empty, or others may read it.
    package static func secret(at path: String, credentials: String? = nil) throws -> Secret {
        Secret(try text(at: path, credentials: credentials))
    }

    /// The most bytes that a file may have; a password is shorter.
    private static let sizeLimit = 64 << 10
    /// Seconds within which a pipe must end, as long as a password command may take.
    private static let timeLimit = 30.0

    /// The file's first line. The file may be a pipe, such as `/dev/stdin` or a shell's `<(command)`.
    ///
    /// - Parameters:
    ///   - credentials: systemd's folder of credentials, see ``check(_:credentials:)``.
    ///   - proceed: called while a pipe is waited for; throws to end the wait.
    static func text(
        at path: String, credentials: String? = nil, proceed: () throws -> Void = {}
    ) throws -> String {
        let file: InputFile
        do {
            file = try InputFile(path: path, limit: sizeLimit, seconds: timeLimit, proceed: proceed)
        } catch let failure as InputFile.Failure {
            throw ConfigurationError("the password file \(path) cannot be read: \(failure.text)")
        }
        try check(file.status, path, credentials)
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw ConfigurationError("the password file \(path) cannot be read as text")
        }
        guard let line = text.firstLine else {
            throw ConfigurationError("the password file \(path) is empty")
        }
        return line
    }

    /// Checks a file that the client library will read: an option file.
    ///
    /// - Parameter credentials: a folder whose files systemd shows to this service alone, by an access list that their
    ///   modes do not show.
    /// - Throws: ``ConfigurationError`` where others may read the file, and for what is not a file: the library would wait for
    ///   the writer of a pipe.
    static func check(_ path: String, credentials: String? = nil) throws {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else {
            throw ConfigurationError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ConfigurationError("\(path) cannot be read: it is not a file")
        }
        guard status.st_size <= sizeLimit else {
            throw ConfigurationError("\(path) cannot be read: \(InputFile.Failure.tooLarge(sizeLimit).text)")
        }
        try check(status, path, credentials)
    }

    private static func check(_ status: stat, _ path: String, _ credentials: String?) throws {
        if let credentials, isFile(path, in: credentials) { return }
        if status.st_mode & 0o077 != 0 {
            throw ConfigurationError("\(path) holds a secret and others may read it; run: chmod 600 \(path)")
        }
        // A pipe has the owner of the shell that made it, also behind sudo.
        if status.st_mode & S_IFMT == S_IFREG, let stranger = FileTrust.stranger(owning: status) {
            throw ConfigurationError(
                "\(path) holds a secret and belongs to \(stranger), who may read and change it; run: chown "
                    + "\(FileTrust.user) \(path)  (as root), or use a copy")
        }
    }

    /// Links and `..` lead elsewhere: what counts is where the file really is.
    private static func isFile(_ path: String, in folder: String) -> Bool {
        guard let file = realpath(path, nil), let folder = realpath(folder, nil) else { return false }
        defer {
            free(file)
            free(folder)
        }
        return String(cString: file).hasPrefix(String(cString: folder) + "/")
    }
}

extension String {
    /// The text before the first line break; nil if that is empty.
    package var firstLine: String? {
        let line = prefix { $0 != "\n" && $0 != "\r\n" }
        return line.isEmpty ? nil : String(line)
    }
}
