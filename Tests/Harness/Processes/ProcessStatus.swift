import Foundation

/// What Linux says of a process in `/proc/PID/stat`.
package struct ProcessStatus {
    /// One letter: `R` running, `S` sleeping, `T` stopped, `Z` ended and not yet waited for.
    package let state: Character
    /// Seconds of user and system time so far, all threads together.
    package let processorSeconds: Double

    /// - Parameter pid: the process.
    /// - Returns: nil where there is no such process.
    package init?(of pid: Int32) {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let state = fields[0].first, let user = Double(fields[11]),
            let system = Double(fields[12])
        else { return nil }
        self.state = state
        processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Whether a signal has stopped the process.
    package var isStopped: Bool { state == "T" }

    /// Whether the process has ended and only waits for its parent to take its exit status.
    package var isZombie: Bool { state == "Z" }
}
