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

    /// Knowing the value is enough to use it: it is shown masked, and has no flag.
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
