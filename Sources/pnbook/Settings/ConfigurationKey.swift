/// What can be configured: by a flag, an environment variable, or a line of the configuration file.
enum ConfigurationKey: String, CaseIterable {
    case database
    case passwordFile = "password-file"
    case passwordCommand = "password-command"
    case defaultsFile = "defaults-file"
    case timezone
    case triggeredBy = "triggered-by"
    case metrics
    case pingURL = "ping-url"

    /// `PNBOOK_PASSWORD_FILE`.
    var variable: String { "PNBOOK_" + rawValue.uppercased().replacing("-", with: "_") }

    /// `--password-file`.
    var flag: String { "--" + rawValue }

    /// Whoever knows the value can do what it is for: it is shown masked, and has no flag.
    var isSecret: Bool { self == .pingURL }

    /// The default; nil where there is none, or not always the same.
    var fallback: String? {
        switch self {
        case .database: "sqlite:pnbook.db"
        case .timezone: "UTC"
        default: nil
        }
    }
}

/// Where a setting's value comes from, the strongest first.
enum ConfigurationOrigin: Hashable {
    case flag(ConfigurationKey)
    case environment(ConfigurationKey)
    /// Handed over by systemd, in `$CREDENTIALS_DIRECTORY`.
    case credential
    case file(path: String, line: Int)
    case fallback

    /// For messages and `config show`.
    var description: String {
        switch self {
        case .flag(let setting): setting.flag
        case .environment(let setting): setting.variable
        case .credential: "systemd credential"
        case .file(let path, let line): "\(path):\(line)"
        case .fallback: "default"
        }
    }

    /// Smaller is stronger.
    var rank: Int {
        switch self {
        case .flag: 0
        case .environment: 1
        case .credential: 2
        case .file: 3
        case .fallback: 4
        }
    }
}
