import ErrorModel
import Foundation

/// A value that cannot be understood, before it is known where it came from.
struct BadValue: Error, CustomStringConvertible {
    let description: String
}

/// Flags beat the environment, which beats the file, which beats the default (CONTRACT 8).
struct Configuration {
    private let flags: [ConfigurationKey: String]
    private let environment: [String: String]
    /// The configuration file in force; nil where there is none.
    let file: ConfigurationFile?

    /// - Throws: ``ConfigurationError`` for a file that is missing, unsafe or malformed.
    init(_ options: CommonOptions, environment: [String: String]) throws {
        flags = [
            .database: options.database, .passwordFile: options.passwordFile, .defaultsFile: options.defaultsFile,
            .passwordCommand: options.passwordCommand, .timezone: options.timezone, .triggeredBy: options.triggeredBy,
        ].compactMapValues(\.self)
        self.environment = environment
        if options.config?.isBlank == true { throw UsageError(description: Self.empty("--config")) }
        file = try ConfigurationFile.inForce(named: options.config, environment: environment)
    }

    /// Makes sure that nothing that counts is set to nothing, as `${UNSET}` in a unit or a compose file makes it: who sets it
    /// means something by it, and no default is what was meant. What has words of its own for that is asked before.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable; both name it.
    func requireValues() throws {
        for setting in ConfigurationKey.allCases where flags[setting]?.isBlank == true {
            throw UsageError(description: Self.empty(setting.flag))
        }
        let ours = ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable]
        for name in ours + Self.foreignVariables where environment[name]?.isBlank == true {
            throw ConfigurationError(description: Self.empty(name))
        }
    }

    /// - Parameter name: a flag's or a variable's.
    static func empty(_ name: String) -> String {
        "\(name) is \(name.hasPrefix("--") ? "given nothing; leave it out" : "set to nothing; unset it"), or give it a value"
    }

    /// What else says where we read and write. `XDG_CONFIG_HOME` is not among them: by its standard, empty is unset.
    private static let foreignVariables = ["CREDENTIALS_DIRECTORY", "HOME", "TMPDIR"]

    /// The folder in which systemd hands credentials over; nil where there is none.
    var credentials: String? { environment["CREDENTIALS_DIRECTORY"] }

    /// A value as it was written, and where.
    struct ResolvedValue {
        let text: String
        let origin: ConfigurationOrigin
    }

    /// The strongest value there is; nil where nobody says anything and there is no default.
    func find(_ setting: ConfigurationKey) -> ResolvedValue? {
        if let text = flags[setting] { return ResolvedValue(text: text, origin: .flag(setting)) }
        if let text = environment[setting.variable] { return ResolvedValue(text: text, origin: .environment(setting)) }
        if let file, let line = file.lines[setting] {
            return ResolvedValue(text: line.value, origin: .file(path: file.path, line: line.number))
        }
        return setting.fallback.map { ResolvedValue(text: $0, origin: .fallback) }
    }

    /// The strongest value, understood by `parse`.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable or a file; both name the place.
    func value<Value>(_ setting: ConfigurationKey, _ parse: (String) throws -> Value) throws -> Value? {
        guard let found = find(setting) else { return nil }
        do {
            return try parse(found.text)
        } catch {
            let message = "\(found.origin.description): \(error)"
            let remedy = Remedy(for: error)
            if case .flag = found.origin { throw UsageError(description: message, remedy: remedy) }
            throw ConfigurationError(description: message, remedy: remedy)
        }
    }

    /// Variables that look like ours and mean nothing: slips of the finger.
    var unknownVariables: [String] {
        let known = Set(ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable])
        return environment.keys.filter { $0.hasPrefix("PNBOOK_") && !known.contains($0) }.sorted()
    }
}

extension String {
    /// Nothing, or nothing but blanks.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
