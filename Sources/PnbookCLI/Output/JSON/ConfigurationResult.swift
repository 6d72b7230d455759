import Database
import ErrorModel
import FoundationEssentials
import Operations
import Tasks

/// The result of `config show`.
struct ConfigurationResult: CommandResult {
    struct Line: Encodable {
        let setting: String
        @ExplicitNull var value: String?
        @ExplicitNull var from: String?
    }

    /// The configuration file that is read.
    @ExplicitNull var file: String?
    private(set) var settings: [Line]

    private enum CodingKeys: CodingKey {
        case file, settings
    }

    init(_ context: CommandContext) {
        file = context.configuration.file?.path
        settings = ConfigurationKey.allCases.map { setting in
            let found = context.configuration.find(setting)
            if found == nil, setting == .triggeredBy {
                return Line(setting: setting.rawValue, value: context.run.trigger.description, from: "default")
            }
            return Line(
                setting: setting.rawValue, value: found.map { Self.shown($0.text, of: setting) },
                from: found?.origin.description)
        }
        // The source in force; a credential is not a setting of ours.
        let source = try? PasswordSource(context.configuration)
        settings.append(Line(setting: "password", value: source.map { _ in "(secret)" }, from: source?.origin))
    }

    /// A value without the secret parts.
    private static func shown(_ text: String, of setting: ConfigurationKey) -> String {
        switch setting {
        case .pingURL:
            URL(string: text).flatMap { url in url.host().map { "\(url.scheme ?? "")://\($0)/…" } } ?? "…"
        case .passwordCommand:
            // Its arguments may be anything, and so may the variables before it.
            text.split(whereSeparator: \.isWhitespace).first.map {
                $0.contains("=") || MisplacedSecret.isIn(String($0)) ? "…" : "\($0) …"
            } ?? ""
        case .database where (try? DatabaseURL(parsing: text)) == nil:
            // A URL that cannot be parsed may contain a password.
            "…"
        case _ where setting != .database && MisplacedSecret.isIn(text):
            "…"
        default:
            text
        }
    }

    func text(_ style: TextStyle) -> DisplayText {
        var table = TextTable([.left, .left, .left], header: ["setting", "value", "from"])
        for line in settings {
            table.add(DisplayText(line.setting), DisplayText(line.value ?? "-"), .term(line.from ?? ""))
        }
        return table.text(style) + "\n"
            + (file.map { "The configuration file is \($0).\n" } ?? "There is no configuration file.\n")
    }
}
