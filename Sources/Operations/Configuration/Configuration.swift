package import ErrorModel
import FoundationEssentials

/// The settings in force: flags beat the environment, which beats the file, which beats the default
/// (<doc:Configuration#Precedence>).
package struct Configuration {
    /// A value given for this run alone.
    package struct Override: Sendable {
        /// As it was given.
        package let value: String
        /// What the front end calls it: `--database`.
        package let name: String

        package init(value: String, name: String) {
            self.value = value
            self.name = name
        }
    }

    let overrides: [ConfigurationKey: Override]
    let environment: [String: String]
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
        if let file, file.value.isBlank { throw UsageError(Self.emptyOverride(file.name)) }
        self.file = try ConfigurationFile.inForce(named: file?.value, environment: environment)
    }

    /// Without a file: for looking at the other settings where the file makes no sense.
    package init(withoutFile overrides: [ConfigurationKey: Override], environment: [String: String]) {
        self.overrides = overrides
        self.environment = environment
        file = nil
    }

    /// Refuses a setting whose value is empty or blank, as `${UNSET}` in a unit or a compose file makes it: something else was
    /// meant, so no default takes its place. Settings that have a message of their own for this are read first.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable; both name it.
    package func requireValues() throws {
        for case let override? in ConfigurationKey.allCases.map({ overrides[$0] }) where override.value.isBlank {
            throw UsageError(Self.emptyOverride(override.name))
        }
        let ours = ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable]
        for name in ours + Self.foreignVariables where environment[name]?.isBlank == true {
            throw ConfigurationError(Self.empty(name))
        }
    }

    /// The message for a variable that is set to nothing.
    static func empty(_ variable: String) -> DisplayText {
        "\(variable) is set to nothing; unset it, or give it a value"
    }

    /// The message for a value that was given for this run and is empty.
    package static func emptyOverride(_ name: String) -> DisplayText {
        "\(name) is given nothing; leave it out, or give it a value"
    }

    /// Other variables that decide where we read and write. `XDG_CONFIG_HOME` is not among them: by its standard, empty is unset.
    private static let foreignVariables = ["CREDENTIALS_DIRECTORY", "HOME", "TMPDIR"]

    /// The folder in which systemd hands credentials over; nil where there is none.
    var credentials: String? { environment["CREDENTIALS_DIRECTORY"] }

    /// A value as it was written, and where.
    package struct ResolvedValue {
        /// The value.
        package let text: String
        /// Where it is set.
        package let origin: ConfigurationOrigin
    }

    /// The value that wins; nil if the setting is set nowhere and has no default.
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

    /// The value that wins, parsed.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable or a file; both name where it is set.
    func value<Value>(_ setting: ConfigurationKey, _ parse: (String) throws -> Value) throws -> Value? {
        guard let found = try resolved(setting) else { return nil }
        do {
            return try parse(found.text)
        } catch let error as BadValue {
            throw Self.error(error.text, found.origin)
        } catch {
            throw Self.error(DisplayText(of: error), found.origin, Remedy(for: error))
        }
    }

    /// The value that wins, as it was written: not the URL of a database in any other setting, which messages would repeat. A
    /// command may hold anything, and is not repeated.
    ///
    /// - Throws: ``UsageError`` for a flag, ``ConfigurationError`` for a variable or a file; both name where it is set.
    func resolved(_ setting: ConfigurationKey) throws -> ResolvedValue? {
        guard let found = find(setting) else { return nil }
        if ![.database, .passwordCommand, .pingURL].contains(setting), MisplacedSecret.isIn(found.text) {
            throw Self.error(MisplacedSecret.text, found.origin)
        }
        return found
    }

    private static func error(
        _ problem: DisplayText, _ origin: ConfigurationOrigin, _ remedy: Remedy? = nil
    ) -> any Error {
        let message: DisplayText = "\(origin.description): \(problem)"
        if case .override = origin { return UsageError(message, remedy: remedy) }
        return ConfigurationError(message, remedy: remedy)
    }

    /// Variables that begin like ours and are not: typing errors.
    package var unknownVariables: [String] {
        let known = Set(ConfigurationKey.allCases.map(\.variable) + [ConfigurationFile.variable])
        return environment.keys.filter { $0.hasPrefix("PNBOOK_") && !known.contains($0) }.sorted()
    }
}

extension String {
    /// Nothing, or nothing but blanks.
    package var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
