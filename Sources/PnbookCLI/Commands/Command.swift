import ArgumentParser
import Operations
import Tasks

/// What a command works with.
enum ContextRequirement {
    case database
    case nothing
    /// Looks at the settings themselves, also at those that make no sense.
    case settings
    /// Looks at everything, and reports settings that make no sense instead of failing on them.
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
    /// Changes nothing this time, so that a signal may do what it always does.
    var isDryRun: Bool { get }
}

extension Command {
    static var needs: ContextRequirement { .database }
    static var checksSecretsItself: Bool { false }
}

extension MutatingCommand {
    var isDryRun: Bool { false }
}
