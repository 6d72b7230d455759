import Foundation

/// A configuration file: `name = value` lines, with the names of ``ConfigurationKey``.
///
/// Blank lines and lines that begin with `#` are ignored. Anything else that is not a setting is an error: a typing error must
/// not silently become a default. See <doc:Configuration#File-format>.
package struct ConfigurationFile {
    struct Line: Hashable {
        let number: Int
        let value: String
    }

    /// As it was given or found.
    package let path: String
    let lines: [ConfigurationKey: Line]

    /// Names the file in the environment, as `--config` does on the command line.
    package static let variable = "PNBOOK_CONFIG"

    /// Read where the user has no file of their own.
    package static let systemPath = "/etc/pnbook/pnbook.conf"

    /// The user's own file: `$XDG_CONFIG_HOME/pnbook/pnbook.conf`, or below `~/.config`.
    static func userPath(_ environment: [String: String]) -> String? {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return base + "/pnbook/pnbook.conf" }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.config/pnbook/pnbook.conf" : nil }
    }

    /// The one file in force: the named one, else the user's, else the system's; nil where there is none of them.
    ///
    /// - Throws: ``ConfigurationError``.
    static func inForce(
        named path: String?, environment: [String: String], systemPath: String = Self.systemPath
    ) throws -> ConfigurationFile? {
        if path == nil, environment[variable]?.isBlank == true {
            throw ConfigurationError(description: Configuration.empty(variable))
        }
        if let path = path ?? environment[variable] { return try ConfigurationFile(path: path) }
        if let path = userPath(environment), (try? exists(path)) == true { return try ConfigurationFile(path: path) }
        return try exists(systemPath) ? try ConfigurationFile(path: systemPath) : nil
    }

    /// - Throws: ``ConfigurationError`` if that cannot be found out: the file may be the one that the administrator wrote.
    private static func exists(_ path: String) throws -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw ConfigurationError(
            description:
                "\(path) cannot be looked at: \(String(cString: strerror(errno))); give this user the right to "
                + "read it, or name another file")
    }

    /// Reads a file.
    ///
    /// - Throws: ``ConfigurationError``.
    init(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path), let bytes = try? handle.readToEnd() ?? Data() else {
            throw ConfigurationError(
                description: "the configuration file \(path) cannot be read: \(Self.reason(path))")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(description: "the configuration file \(path) is not UTF-8 text")
        }
        try self.init(path: path, text: text)
        try checkWriters()
    }

    private static func reason(_ path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { return String(cString: strerror(errno)) }
        return status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "give this user the right to read it"
    }

    /// - Parameter path: for messages.
    init(path: String, text: String) throws {
        var lines: [ConfigurationKey: Line] = [:]
        // A text from another system may begin with a byte order mark and end its lines with CR LF.
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = raw.trimmingCharacters(in: .whitespaces)
            if content.isEmpty || content.hasPrefix("#") { continue }
            let (setting, value) = try Self.parse(content, at: "\(path):\(index + 1)")
            if let earlier = lines[setting] {
                throw ConfigurationError(
                    description: "\(path):\(index + 1): \(setting.rawValue) is set in line \(earlier.number) already")
            }
            lines[setting] = Line(number: index + 1, value: value)
        }
        self.path = path
        self.lines = lines
    }

    private static func parse(_ content: String, at position: String) throws -> (ConfigurationKey, String) {
        guard let equals = content.firstIndex(of: "=") else {
            throw ConfigurationError(description: "\(position): this is not 'name = value'; comments begin with #")
        }
        let name = content[..<equals].trimmingCharacters(in: .whitespaces)
        let value = content[content.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        guard let setting = ConfigurationKey(rawValue: name) else {
            throw ConfigurationError(description: "\(position): \(unknown(name))")
        }
        guard !value.isEmpty else {
            throw ConfigurationError(
                description: "\(position): \(name) has no value; remove the line to use the default")
        }
        if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
            throw ConfigurationError(description: "\(position): values are written without quotes")
        }
        return (setting, value)
    }

    /// Messages repeat a name, and never a value: it may be a secret.
    private static func unknown(_ name: String) -> String {
        if name == "password" {
            return "a password is never written here; use password-file, password-command or defaults-file"
        }
        let known = ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")
        return "'\(name.cut(to: 60))' is unknown; the names are \(known)"
    }

    /// Refuses a file that others may write: it decides which database is used and, with a command, what is run as our user.
    private func checkWriters() throws {
        var status = stat()
        // Only regular files are checked: /dev/null, which means "no configuration", is world-writable.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        let others: mode_t = lines[.passwordCommand] == nil ? 0o002 : 0o022
        if status.st_mode & others != 0 {
            throw ConfigurationError(
                description: "others may write the configuration file \(path); run: chmod go-w \(path)")
        }
    }
}
