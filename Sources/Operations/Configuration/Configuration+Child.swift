extension Configuration {
    /// The variables with which another program of ours sees this configuration: where it is set by flags as well as elsewhere.
    ///
    /// Of the environment they have what `pnbook` reads and what its children need, and nothing that may be another program's
    /// secret. Who asked for the run is not among them.
    package var environmentForPrograms: [String: String] {
        var variables = ChildEnvironment.ofNetwork.variables(of: environment)
        for name in Self.passedOn { variables[name] = environment[name] }
        let isPassword = { (key: ConfigurationKey) in [.passwordFile, .passwordCommand].contains(key) }
        // A flag beats the variables of both sources of the password; as a variable it would be one of two.
        let hasPasswordFlag = ConfigurationKey.allCases.contains { isPassword($0) && overrides[$0] != nil }
        for key in ConfigurationKey.allCases where key != .triggeredBy {
            let inherited = hasPasswordFlag && isPassword(key) ? nil : environment[key.variable]
            variables[key.variable] = overrides[key]?.value ?? inherited
        }
        variables[ConfigurationFile.variable] = file?.path ?? environment[ConfigurationFile.variable]
        return variables
    }

    /// Where configuration and credentials are, the journal, and the password that the client library takes by itself.
    private static let passedOn = [
        "XDG_CONFIG_HOME", "CREDENTIALS_DIRECTORY", "JOURNAL_STREAM", "MYSQL_PWD", "SWIFT_BACKTRACE",
    ]
}
