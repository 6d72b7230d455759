/// Where a setting's value comes from, the strongest first.
package enum ConfigurationOrigin: Hashable {
    /// Given for this run alone; `name` is what the front end calls it, such as `--database`.
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
