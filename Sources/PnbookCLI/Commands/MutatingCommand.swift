/// A command that changes something, as a task: a signal makes it undo its work.
protocol MutatingCommand: Command {
    var concurrency: ConcurrencyOptions { get }
    /// Changes nothing this time, so that signals keep their default effect.
    var isDryRun: Bool { get }
}

extension MutatingCommand {
    var isDryRun: Bool { false }
}
