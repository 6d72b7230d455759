import Tasks
import PartnumberBooks
import ArgumentParser
import Database
import DatabaseMariaDB
import Foundation
import Logging

/// `pnbook config …`: what is configured.
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See what is configured, and from where.", subcommands: [ConfigShow.self])
}

/// `pnbook config show`.
struct ConfigShow: Command {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show each setting's value and where it comes from; secrets are masked.",
        discussion: """
            Flags beat environment variables, which beat systemd's credential, which beats the configuration file, which \
            beats the default. One file is read: the one named by --config or PNBOOK_CONFIG, else \
            ~/.config/pnbook/pnbook.conf, else \(ConfigurationFile.systemPath). Its lines are 'name = value'; the names are \
            \(ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")). What makes no sense exits 78, after the table.
            """)

    static let needs = ContextRequirement.settings

    @OptionGroup var common: CommonOptions

    mutating func run(_ context: AppContext) throws {
        let document = Document(context)
        if context.isJSON {
            try context.output.write(JSONDocument.pretty(document))
        } else {
            try context.output.write(document.text)
        }
        for variable in context.settings.unknownVariables {
            context.logger.warning("\(variable) is set and means nothing to pnbook")
        }
        let settings = context.settings
        _ = try (settings.location(), settings.zone(), settings.metricsFile(), settings.pingURL())
        try settings.requireValues()
        try PasswordSource(settings)?.check()
        _ = try settings.defaultsFile()
    }

    private struct Document: Encodable {
        struct Line: Encodable {
            let setting: String
            @ExplicitNull var value: String?
            @ExplicitNull var from: String?
        }

        let schema = 1
        /// The configuration file that is read.
        @ExplicitNull var file: String?
        private(set) var settings: [Line]

        private enum CodingKeys: CodingKey {
            case schema, file, settings
        }

        init(_ context: AppContext) {
            file = context.settings.file?.path
            settings = ConfigurationKey.allCases.map { setting in
                let found = context.settings.find(setting)
                if found == nil, setting == .triggeredBy {
                    return Line(setting: setting.rawValue, value: context.triggeredBy.description, from: "default")
                }
                return Line(
                    setting: setting.rawValue, value: found.map { Self.shown($0.text, of: setting) },
                    from: found?.origin.description)
            }
            // Which of the sources counts; a credential is no setting of ours.
            let source = try? PasswordSource(context.settings)
            settings.append(Line(setting: "password", value: source.map { _ in "(secret)" }, from: source?.origin))
        }

        /// A value without what is secret in it.
        private static func shown(_ text: String, of setting: ConfigurationKey) -> String {
            switch setting {
            case .pingURL:
                URL(string: text).flatMap { url in url.host().map { "\(url.scheme ?? "")://\($0)/…" } } ?? "…"
            case .passwordCommand:
                // Its arguments may be anything, and so may the variables before it.
                text.split(whereSeparator: \.isWhitespace).first.map { $0.contains("=") ? "…" : "\($0) …" } ?? ""
            case .database where (try? DatabaseURL(parsing: text)) == nil:
                // There may be a password in what cannot be understood.
                "…"
            default:
                text
            }
        }

        var text: String {
            var table = TextTable([.left, .left, .left], header: ["setting", "value", "from"])
            for line in settings { table.add(line.setting, line.value ?? "-", line.from ?? "") }
            return table.text + "\n"
                + (file.map { "The configuration file is \($0).\n" } ?? "There is no configuration file.\n")
        }
    }
}
