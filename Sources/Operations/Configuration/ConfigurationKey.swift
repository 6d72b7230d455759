/// What can be configured: by a flag, an environment variable, or a line of the configuration file.
package enum ConfigurationKey: String, CaseIterable {
    case database
    case passwordFile = "password-file"
    case passwordCommand = "password-command"
    case defaultsFile = "defaults-file"
    case timezone
    case triggeredBy = "triggered-by"
    case metrics
    case pingURL = "ping-url"

    /// `PNBOOK_PASSWORD_FILE`.
    package var variable: String { "PNBOOK_" + rawValue.uppercased().replacing("-", with: "_") }

    /// Whoever knows the value can do what it is for: it is shown masked, and has no flag.
    package var isSecret: Bool { self == .pingURL }

    /// The default; nil where there is none, or not always the same.
    package var defaultValue: String? {
        switch self {
        case .database: "sqlite:pnbook.db"
        case .timezone: "UTC"
        default: nil
        }
    }
}

/// Where a setting's value comes from, the strongest first.
package enum ConfigurationOrigin: Hashable {
    /// Given for this run alone, by the name that the front end has for it.
    case override(name: String)
    case environment(ConfigurationKey)
    /// Handed over by systemd, in `$CREDENTIALS_DIRECTORY`.
    case credential
    case file(path: String, line: Int)
    case defaultValue

    /// For messages and `config show`.
    package var description: String {
        switch self {
        case .override(let name): name
        case .environment(let setting): setting.variable
        case .credential: "systemd credential"
        case .file(let path, let line): "\(path):\(line)"
        case .defaultValue: "default"
        }
    }

    /// Smaller is stronger.
    var rank: Int {
        switch self {
        case .override: 0
        case .environment: 1
        case .credential: 2
        case .file: 3
        case .defaultValue: 4
        }
    }
}
