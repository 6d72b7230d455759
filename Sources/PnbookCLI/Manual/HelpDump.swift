import FoundationEssentials

/// The argument parser's description of the command line (`--experimental-dump-help`).
struct HelpDump: Decodable, Sendable {
    let command: Command

    struct Command: Decodable, Sendable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool?
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    struct Argument: Decodable, Hashable, Sendable {
        enum Kind: String, Decodable, Sendable {
            case positional
            case option
            case flag
        }

        struct Name: Decodable, Hashable, Sendable {
            enum Kind: String, Decodable, Sendable {
                case long
                case short
                case longWithSingleDash
            }

            let kind: Kind
            let name: String

            var text: String { (kind == .long ? "--" : "-") + name }
        }

        let kind: Kind
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let discussion: String?
        /// Where only some are taken.
        let allValues: [String]?
        let isOptional: Bool
        let shouldDisplay: Bool
    }

    init(dump: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(dump.utf8))
    }
}
