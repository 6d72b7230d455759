import FoundationEssentials
import Glibc

/// Which process this is, and whether another one on this machine is still alive; from `/proc`.
extension ProcessIdentity {
    /// This process.
    package static let current = ProcessIdentity(
        host: thisHost, pid: getpid(), bootID: thisBoot, processStart: start(of: getpid()) ?? "")

    /// A child of this process that has not been waited for, whether or not it has ended.
    package static func child(_ pid: Int32) -> ProcessIdentity {
        ProcessIdentity(host: thisHost, pid: pid, bootID: thisBoot, processStart: stat(of: pid)?[19] ?? "")
    }

    /// Whether the process is still alive; nil where that cannot be known from here, as for one on another machine.
    package func isAlive() -> Bool? {
        guard host == Self.thisHost else { return nil }
        guard bootID == Self.thisBoot else {
            // The same name in another container or before a reboot: only the lock can tell.
            return bootID.split(separator: "/").last == Self.thisBoot.split(separator: "/").last ? false : nil
        }
        if let start = Self.start(of: pid) { return start == processStart }
        // /proc may hide the processes of other users (hidepid): only the kernel's answer that it does not exist counts.
        let isGone = kill(pid, 0) != 0 && errno == ESRCH
        return isGone || Self.isZombie(pid) ? false : nil
    }

    /// Ended, and its parent has not collected its exit status yet.
    private static func isZombie(_ pid: Int32) -> Bool {
        stat(of: pid)?.first == "Z"
    }

    private static let thisHost: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// The kernel's boot, and the namespace that process numbers belong to.
    private static let thisBoot: String = {
        let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return boot.filter { !$0.isWhitespace } + "/" + namespace.filter { $0.isNumber }
    }()

    /// When a process started, in ticks since boot; nil where it does not exist or is a zombie.
    private static func start(of pid: Int32) -> String? {
        guard let fields = stat(of: pid), fields[0] != "Z" else { return nil }
        return fields[19]
    }

    /// The kernel's fields on a process from its state on; nil where it cannot be read.
    private static func stat(of pid: Int32) -> [String]? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            // The second field is the program's name in parentheses and may hold anything.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? fields.map(String.init) : nil
    }
}
