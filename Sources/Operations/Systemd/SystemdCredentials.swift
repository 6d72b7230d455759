import ErrorModel

/// What the service is given, and how: files as credentials, which it may read regardless of their owner; the rest as variables.
struct SystemdCredentials {
    var configuration: String?
    var environment: [(ConfigurationKey, String)] = []
    var credentials: [(name: String, path: String)] = []
    var defaultsFile: String?
    var warnings: [DisplayText] = []

    init(_ settings: Configuration) throws {
        if let file = settings.file {
            configuration = try Self.full(file.path, "the configuration file")
            credentials.append(("pnbook.conf", configuration ?? ""))
        }
        for setting in ConfigurationKey.allCases {
            guard let found = settings.find(setting), found.origin != .defaultValue else { continue }
            let isInFile = if case .file = found.origin { true } else { false }
            switch setting {
            case .passwordFile:
                credentials.append((PasswordSource.credentialName, try Self.full(found.text, setting.rawValue)))
            case .defaultsFile:
                defaultsFile = try Self.full(found.text, setting.rawValue)
            case .triggeredBy:
                continue
            case .pingURL, .passwordCommand:
                if setting == .passwordCommand {
                    warnings.append("the password command runs as the service's user, without a home folder")
                }
                if !isInFile {
                    warnings.append(
                        "every user may read a unit: write \(setting.rawValue) into the configuration file instead")
                }
            case .database, .timezone, .metrics:
                if !isInFile { environment.append((setting, found.text)) }
            }
        }
    }

    /// - Throws: ``UsageError`` for a path that depends on a working folder: a service has none.
    static func full(_ path: String, _ what: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw UsageError("\(DisplayText.term(what)) \(path) is not a full path; a service has no working folder")
        }
        // systemd refuses a path with `.` or empty parts. Links stay: what they lead to may change.
        return "/" + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}
