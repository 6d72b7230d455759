import Foundation

/// User and system time of processes, in seconds.
enum ProcessorTime {
    /// Of this process so far.
    static func ofThisProcess() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return seconds(of: usage)
    }

    static func seconds(of usage: rusage) -> Double {
        seconds(of: usage.ru_utime) + seconds(of: usage.ru_stime)
    }

    private static func seconds(of time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
    }
}
