import Foundation
import Tasks

/// Which process this is, and whether another one on this machine still lives; from `/proc`.
package enum ProcessOwner {
    static let current = ProcessIdentity(
        host: host, pid: getpid(), bootID: bootID, processStart: start(of: getpid()) ?? "")

    /// Nil where the owner is of another machine, of which nothing can be said from here.
    static func isAlive(_ owner: ProcessIdentity) -> Bool? {
        guard owner.host == host else { return nil }
        guard owner.bootID == bootID else {
            // The same name in another container or before a reboot: only the lock can tell.
            return owner.bootID.split(separator: "/").last == bootID.split(separator: "/").last ? false : nil
        }
        if let start = start(of: owner.pid) { return start == owner.processStart }
        // /proc may hide the processes of other users (hidepid): only the kernel's word that there is none counts.
        let isGone = kill(owner.pid, 0) != 0 && errno == ESRCH
        return isGone || isRemains(owner.pid) ? false : nil
    }

    /// Ended, and not yet fetched by its parent.
    private static func isRemains(_ pid: Int32) -> Bool {
        stat(of: pid)?.first == "Z"
    }

    private static let host: String = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// The kernel's boot, and the namespace that process numbers belong to.
    private static let bootID: String = {
        let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        return boot.trimmingCharacters(in: .whitespacesAndNewlines) + "/" + namespace.filter { $0.isNumber }
    }()

    /// When a process started, in ticks since boot; nil where there is none, or only its remains.
    private static func start(of pid: Int32) -> String? {
        guard let fields = stat(of: pid), fields[0] != "Z" else { return nil }
        return fields[19]
    }

    /// The kernel's line on a process from its state on; nil where it cannot be read.
    private static func stat(of pid: Int32) -> [String]? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            // The second field is the program's name in parentheses and may hold anything.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 ? fields.map(String.init) : nil
    }
}
