import Foundation
import Tasks

/// Which process this is, and whether another one on this machine still lives; from `/proc`.
enum ProcessOwner {
    static let current = Owner(
        host: host, pid: getpid(), bootID: bootID, processStart: start(of: getpid()) ?? "")

    /// Nil where the owner is of another machine, of which nothing can be said from here.
    static func isAlive(_ owner: Owner) -> Bool? {
        guard owner.host == host else { return nil }
        guard owner.bootID == bootID else {
            // The same name in another container or before a reboot: only the lock can tell.
            return owner.bootID.split(separator: "/").last == bootID.split(separator: "/").last ? false : nil
        }
        return start(of: owner.pid) == owner.processStart
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
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            // The second field is the program's name in parentheses and may hold anything.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z" else { return nil }
        return String(fields[19])
    }
}
