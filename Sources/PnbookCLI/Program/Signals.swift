import FoundationEssentials
import Glibc
import Pipelines
import Tasks

/// SIGINT, SIGTERM, and SIGHUP, with which a terminal ends what runs in it: the first asks the run to end and undo its work, the second
/// ends the process at once.
enum Signals {
    private static let handled: [Int32] = [SIGINT, SIGTERM, SIGHUP]

    /// Restores the signals' default effect on this thread, whatever the parent process has set: they end the process. No other
    /// thread takes them, see `WorkerThread`.
    static func unblock() {
        var set = signalSet()
        // SIGHUP stays ignored where it is: nohup means that a run goes on without its terminal.
        for number in handled where number != SIGHUP { signal(number, SIG_DFL) }
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// From now on waits for signals on a thread of its own. Called on the main thread.
    ///
    /// - Parameter announce: called with the first one.
    /// - Throws: `ThreadError`.
    static func watch(_ cancellation: CancellationToken, announce: @escaping @Sendable (Int32) -> Void) throws {
        var handled = signalSet()
        pthread_sigmask(SIG_BLOCK, &handled, nil)
        _ = try WorkerThread("signals") {
            var set = signalSet()
            var isSecond = false
            while true {
                var number: Int32 = 0
                guard sigwait(&set, &number) == 0 else { return }
                if isSecond { _exit(128 + number) }
                isSecond = true
                cancellation.request(.signal(number))
                cancellation.interruptStatements()
                // On a thread of its own: a stderr that is not read must not block the second signal. If no thread can be
                // started, nothing is printed and the work is undone nevertheless.
                let first = number
                _ = try? WorkerThread("announce") { announce(first) }
            }
        }
    }

    /// What has happened, for people.
    static func name(_ number: Int32) -> String {
        switch number {
        case SIGINT: "interrupted (Ctrl-C)"
        case SIGTERM: "asked to end (SIGTERM)"
        case SIGHUP: "the terminal was closed (SIGHUP)"
        default: "signal \(number)"
        }
    }

    private static func signalSet() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in handled { sigaddset(&set, number) }
        return set
    }
}
