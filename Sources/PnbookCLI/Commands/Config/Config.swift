import ArgumentParser

/// `pnbook config …`: what is configured.
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See what is configured, and from where.", subcommands: [ConfigShow.self])
}
