import ArgumentParser
import ErrorModel
import FoundationEssentials
import Logging
import Operations

/// `pnbook config show`.
struct ConfigShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show each setting's value and where it comes from; secrets are masked.",
        discussion: """
            Flags beat environment variables, which beat systemd's credential, which beats the configuration file, which \
            beats the default. One file is read: the one named by --config or PNBOOK_CONFIG, else \
            ~/.config/pnbook/pnbook.conf, else \(ConfigurationFile.systemPath). Its lines are 'name = value'; the names are \
            \(ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")). If a setting makes no sense, exits 78 after the table.
            """)

    static let needs = ContextRequirement.settings

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: CommandContext) throws {
        try context.print(ConfigurationResult(context))
        for variable in context.configuration.unknownVariables {
            context.logger.warn("\(variable) is set and is not a setting of pnbook")
        }
        let configuration = context.configuration
        _ = try (
            configuration.databaseURL(), configuration.zone(), configuration.metricsFile(), configuration.pingURL()
        )
        try configuration.requireValues()
        try PasswordSource(configuration)?.check()
        _ = try configuration.defaultsFile()
    }
}
