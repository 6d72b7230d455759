import ArgumentParser
import Operations
import Tasks

/// What a command works with.
enum ContextRequirement {
    case database
    case nothing
    /// The settings themselves, including those that make no sense.
    case settings
    /// Everything; settings that make no sense are reported instead of failing the command.
    case diagnosis
}

/// A command with the flags that every command has.
protocol Command: ParsableCommand {
    static var needs: ContextRequirement { get }
    /// Whether the command checks readability of secrets itself, so that it can report a failure to the monitor.
    static var checksSecretsItself: Bool { get }
    var common: CommonOptions { get }
    mutating func run(_ context: CommandContext) throws
}

/// A command that changes something, as a task: a signal makes it undo its work.
protocol MutatingCommand: Command {
    var concurrency: ConcurrencyOptions { get }
    /// Changes nothing this time, so that signals keep their default effect.
    var isDryRun: Bool { get }
}

extension Command {
    static var needs: ContextRequirement { .database }
    static var checksSecretsItself: Bool { false }
}

extension MutatingCommand {
    var isDryRun: Bool { false }
}
