import ArgumentParser

/// A command with the flags that every command has.
protocol Command: ParsableCommand {
    static var needs: ContextRequirement { get }
    /// Whether the command checks readability of secrets itself, so that it can report a failure to the monitor.
    static var checksSecretsItself: Bool { get }
    var common: CommonOptions { get }
    mutating func run(_ context: CommandContext) throws
}

extension Command {
    static var needs: ContextRequirement { .database }
    static var checksSecretsItself: Bool { false }
}
