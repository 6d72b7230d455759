import Foundation

/// A value that cannot be understood, before it is known where it came from.
struct BadValue: Error, CustomStringConvertible {
    let description: String
}

/// Flags beat the environment, which beats the default; an error says which of them it was.
struct Settings {
    let environment: [String: String]

    func value<Value>(
        _ flag: String?, _ flagName: String, _ variable: String, default fallback: String,
        _ parse: (String) throws -> Value
    ) throws -> Value {
        if let flag {
            do {
                return try parse(flag)
            } catch {
                throw UsageError(description: "\(flagName): \(error)")
            }
        }
        if let text = environment[variable] {
            do {
                return try parse(text)
            } catch {
                throw ConfigurationError(description: "\(variable): \(error)")
            }
        }
        return try parse(fallback)
    }
}

/// A file that holds a secret: only its owner may read it.
enum PrivateFile {
    /// The file's first line.
    static func text(at path: String) throws -> String {
        try check(path)
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ConfigurationError(description: "the password file \(path) cannot be read as text")
        }
        let line = text.prefix { $0 != "\n" && $0 != "\r\n" }
        guard !line.isEmpty else {
            throw ConfigurationError(description: "the password file \(path) is empty")
        }
        return String(line)
    }

    /// - Throws: ``ConfigurationError`` where others may read the file.
    static func check(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw ConfigurationError(description: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard access(path, R_OK) == 0 else {
            throw ConfigurationError(description: "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        if status.st_mode & 0o077 != 0 {
            throw ConfigurationError(
                description: "\(path) holds a secret and others may read it; run: chmod 600 \(path)")
        }
    }
}
