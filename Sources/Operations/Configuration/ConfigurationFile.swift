import ErrorModel
import FoundationEssentials
import Glibc

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
            throw ConfigurationError(Configuration.empty(variable))
        }
        if let path = path ?? environment[variable] {
            guard !MisplacedSecret.isIn(path) else {
                throw ConfigurationError("the name of the configuration file: \(MisplacedSecret.text)")
            }
            return try ConfigurationFile(path: path)
        }
        if let path = userPath(environment), (try? exists(path)) == true { return try ConfigurationFile(path: path) }
        return try exists(systemPath) ? try ConfigurationFile(path: systemPath) : nil
    }

    /// - Throws: ``ConfigurationError`` if that cannot be found out: the file may be the one that the administrator wrote.
    private static func exists(_ path: String) throws -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw ConfigurationError(
            "\(path) cannot be looked at: \(String(cString: strerror(errno))); give this user the right to "
                + "read it, or name another file")
    }

    /// The most bytes that a file may have.
    private static let sizeLimit = 1 << 20
    /// Seconds within which a pipe must end.
    private static let timeLimit = 30.0

    /// Reads a file.
    ///
    /// - Throws: ``ConfigurationError``.
    init(path: String) throws {
        let file: InputFile
        do {
            file = try InputFile(path: path, limit: Self.sizeLimit, seconds: Self.timeLimit)
        } catch InputFile.Failure.system(EACCES) {
            throw Self.unreadable(path, "give this user the right to read it")
        } catch {
            throw Self.unreadable(path, (error as? InputFile.Failure)?.text ?? DisplayText(of: error))
        }
        if !file.isNull { try Self.requireOwner(file.status, path) }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw ConfigurationError("the configuration file \(path) is not UTF-8 text")
        }
        try self.init(path: path, text: text)
        if !file.isNull { try requireNoOtherWriters(file.status) }
    }

    private static func unreadable(_ path: String, _ reason: DisplayText) -> ConfigurationError {
        ConfigurationError("the configuration file \(path) cannot be read: \(reason)")
    }

    /// - Parameter path: for messages.
    init(path: String, text: String) throws {
        var lines: [ConfigurationKey: Line] = [:]
        // A text from another system may begin with a byte order mark and end its lines with CR LF.
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = raw.trimmed
            if content.isEmpty || content.unicodeScalars.first == "#" { continue }
            let (setting, value) = try Self.parse(content, at: "\(path):\(index + 1)")
            if let earlier = lines[setting] {
                throw ConfigurationError(
                    "\(path):\(index + 1): \(setting.rawValue) is set in line \(earlier.number) already")
            }
            lines[setting] = Line(number: index + 1, value: value)
        }
        self.path = path
        self.lines = lines
    }

    private static func parse(_ content: String, at position: String) throws -> (ConfigurationKey, String) {
        // By scalars: with a combining mark behind it the sign is another `Character`, and what follows would count as the name.
        guard let equals = content.unicodeScalars.firstIndex(of: "=") else {
            throw ConfigurationError("\(position): this is not 'name = value'; comments begin with #")
        }
        let name = content[..<equals].trimmed
        let value = content[content.unicodeScalars.index(after: equals)...].trimmed
        guard let setting = ConfigurationKey(rawValue: name) else {
            throw ConfigurationError("\(position): \(unknown(name))")
        }
        guard !value.isEmpty else {
            throw ConfigurationError("\(position): \(name) has no value; remove the line to use the default")
        }
        if let quote = value.first, quote == "\"" || quote == "'", value.count > 1, value.last == quote {
            throw ConfigurationError("\(position): values are written without quotes")
        }
        return (setting, value)
    }

    /// Messages repeat a name, and never a value: it may be a secret.
    private static func unknown(_ name: String) -> DisplayText {
        if name == "password" {
            return "a password is never written here; use password-file, password-command or defaults-file"
        }
        let known = ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")
        return "'\(name.cut(to: 60))' is unknown; the names are \(known)"
    }

    /// Refuses another user's file: it decides which database is used and, with a command, what is run as our user.
    private static func requireOwner(_ status: stat, _ path: String) throws {
        guard let stranger = FileTrust.stranger(owning: status) else { return }
        throw ConfigurationError(
            "the configuration file \(path) belongs to \(stranger), and may only be this user's or root's; "
                + "look at it, then run: chown \(FileTrust.user) \(path)  (as root), or use a copy")
    }

    /// Refuses a file that others may write; one with a command, also where they could put another in its place.
    private func requireNoOtherWriters(_ status: stat) throws {
        let runsCommands = lines[.passwordCommand] != nil
        if status.st_mode & S_IFMT == S_IFREG, status.st_mode & (runsCommands ? 0o022 : 0o002) != 0 {
            throw ConfigurationError("others may write the configuration file \(path); run: chmod go-w \(path)")
        }
        if runsCommands, let folder = FileTrust.openFolder(onTheWayTo: path) {
            throw ConfigurationError(
                "the configuration file \(path) has a password-command, and others may put another file in "
                    + "its place, because \(folder) is theirs to write; run: chmod go-w \(folder)  (or move the file)")
        }
    }
}
