import ErrorModel
import Foundation

/// A value that cannot be understood, before it is known where it came from.
package struct BadValue: Error, CustomStringConvertible {
    package let description: String
}

/// Flags beat the environment, which beats the file, which beats the default (CONTRACT 8).
package struct Configuration {
    /// A value given for this run alone.
    package struct Override: Sendable {
        package let value: String
        /// What the front end calls it: `--database`.
        package let name: String

        package init(value: String, name: String) {
            self.value = value
            self.name = name
        }
    }

    private let overrides: [ConfigurationKey: Override]
    private let environment: [String: String]
    /// The configuration file in force; nil where there is none.
    package let file: ConfigurationFile?

    /// - Throws: ``ConfigurationError`` for a file that is missing, unsafe or malformed.
    ///
    /// - Parameters:
    ///   - overrides: what was given for this run alone.
    ///   - file: the configuration file that was given for this run alone.
    package init(
        overrides: [ConfigurationKey: Override] = [:], file: Override? = nil, environment: [String: String]
    ) throws {
        self.overrides = overrides
        self.environment = environment
        if let file, file.value.isBlank { throw UsageError(description: Self.emptyOverride(file.name)) }
        self.file = try ConfigurationFile.inForce(named: file?.value, environment: environment)
    }

    /// Without a file: for looking at the other settings where the file makes no sense.
    package init(withoutFile overrides: [ConfigurationKey: Override], environment: [String: String]) {
        self.overrides = overrides
        self.environment = environment
        file = nil
    }

    /// Makes sure that nothing that counts is set to nothing, as `${UNSET}` in a unit or a compose file makes it: who sets it
    /// means something by it, and no default is what was meant. What has words of its own for that is asked before.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable; both name it.
    package func requireValues() throws {
        for case let override? in ConfigurationKey.allCases.map({ overrides[$0] }) where override.value.isBlank {
            throw UsageError(description: Self.emptyOverride(override.name))
        }
        let ours = ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable]
        for name in ours + Self.foreignVariables where environment[name]?.isBlank == true {
            throw ConfigurationError(description: Self.empty(name))
        }
    }

    /// What is wrong with a variable that is set to nothing.
    static func empty(_ variable: String) -> String { "\(variable) is set to nothing; unset it, or give it a value" }

    /// What is wrong with a value that was given for this run, and is nothing.
    package static func emptyOverride(_ name: String) -> String {
        "\(name) is given nothing; leave it out, or give it a value"
    }

    /// What else says where we read and write. `XDG_CONFIG_HOME` is not among them: by its standard, empty is unset.
    private static let foreignVariables = ["CREDENTIALS_DIRECTORY", "HOME", "TMPDIR"]

    /// The folder in which systemd hands credentials over; nil where there is none.
    var credentials: String? { environment["CREDENTIALS_DIRECTORY"] }

    /// A value as it was written, and where.
    package struct ResolvedValue {
        package let text: String
        package let origin: ConfigurationOrigin
    }

    /// The strongest value there is; nil where nobody says anything and there is no default.
    package func find(_ setting: ConfigurationKey) -> ResolvedValue? {
        if let override = overrides[setting] {
            return ResolvedValue(text: override.value, origin: .override(name: override.name))
        }
        if let text = environment[setting.variable] { return ResolvedValue(text: text, origin: .environment(setting)) }
        if let file, let line = file.lines[setting] {
            return ResolvedValue(text: line.value, origin: .file(path: file.path, line: line.number))
        }
        return setting.defaultValue.map { ResolvedValue(text: $0, origin: .defaultValue) }
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
            if case .override = found.origin { throw UsageError(description: message, remedy: remedy) }
            throw ConfigurationError(description: message, remedy: remedy)
        }
    }

    /// Variables that look like ours and mean nothing: slips of the finger.
    package var unknownVariables: [String] {
        let known = Set(ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable])
        return environment.keys.filter { $0.hasPrefix("PNBOOK_") && !known.contains($0) }.sorted()
    }
}

extension String {
    /// Nothing, or nothing but blanks.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
