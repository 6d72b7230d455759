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

    /// Of another process so far, all its threads; nil where it cannot be looked at.
    static func of(process pid: Int32?) -> Double? {
        guard let pid, let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return nil }
        // The second field is the program's name in parentheses, with whatever stands in it; then come the 3rd and on.
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
