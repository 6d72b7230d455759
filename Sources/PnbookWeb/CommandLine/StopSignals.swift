import FoundationEssentials
import Glibc
import Pipelines

/// SIGINT and SIGTERM: the first asks the server to end in order, the second ends the process at once.
enum StopSignals {
    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM] { sigaddset(&set, number) }
        return set
    }

    /// From now on they are waited for, and end no thread. Called before another thread is started.
    static func block() {
        var set = Self.set
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for one, and returns its number.
    static func wait() -> Int32 {
        var set = Self.set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number
    }

    /// Ends the process at once with the next one. If no thread can be had for that, it ends in order all the same.
    static func endAtNext() {
        _ = try? WorkerThread("signals") { _exit(128 + wait()) }
    }
}
