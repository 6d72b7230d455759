import FoundationEssentials
import Glibc

/// How serious a line is for systemd's journal: the raw value is syslog's number (sd-daemon(3)).
package enum JournalPriority: Int {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
    case debug = 7

    /// Whether a descriptor really leads to the journal, and not to where it was redirected since systemd opened it.
    ///
    /// - Parameter variable: the value of `JOURNAL_STREAM`: the journal's device and inode, as `DEVICE:INODE`.
    package static func areRead(from descriptor: Int32, _ variable: String?) -> Bool {
        let numbers = (variable ?? "").split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) }
        var status = stat()
        guard numbers.count == 2, fstat(descriptor, &status) == 0 else { return false }
        return numbers[0] == UInt64(status.st_dev) && numbers[1] == UInt64(status.st_ino)
    }

    /// A text of whole lines as the journal reads it: the number in front of each.
    package func marking(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "<\(rawValue)>\($0)" }
            .joined(separator: "\n")
    }
}
