import ArgumentParser
import ErrorModel
import Operations
import Tasks

/// What to do if another run is working on the database.
struct ConcurrencyOptions: ParsableArguments {
    enum IfRunning: String, ExpressibleByArgument, CaseIterable {
        case fail
        case skip
    }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "If another run is working, wait for it this long (30s, 5m, 1h) before giving up.", valueName: "duration"))
    var wait: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "If another run is working: fail (exit 11) or skip (exit 0, print nothing).", valueName: "what"))
    var ifRunning: IfRunning = .fail

    /// - Throws: `UsageError` for what is not a duration.
    func whenBusy() throws -> TaskLauncher.WhenBusy {
        guard let wait else { return .fail }
        guard let seconds = DurationArgument.seconds(wait) else {
            throw UsageError("--wait '\(wait)' is not a duration; write one such as 30s, 5m or 1h")
        }
        return .wait(seconds)
    }

    /// Whether a run that meets another one ends quietly. A lock that no run is known to hold is nothing that will publish a book.
    func skips(_ error: DatabaseBusyError) -> Bool { ifRunning == .skip && error.holder != nil && error.lock == nil }
}
