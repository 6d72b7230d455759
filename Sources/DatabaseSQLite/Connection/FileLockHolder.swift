package import Database
import FoundationEssentials
import Glibc

/// Which process holds the lock of a file, as the kernel tells in `/proc/locks`.
///
/// Processes of another PID namespace (a container's) are not seen, and those of other hosts neither.
enum FileLockHolder {
    static func find(path: String) -> LockHolder? {
        var file = stat()
        guard stat(path, &file) == 0, let locks = text("/proc/locks") else { return nil }
        // `1: FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF`; a waiting one has `->` before its kind.
        for line in locks.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK", let process = Int32(fields[4]), process > 0,
                isFile(fields[5], file)
            else { continue }
            return LockHolder(number: Int64(process), user: user(of: process), activity: program(process))
        }
        return nil
    }

    /// `08:01:131090`: the device's numbers in hexadecimal, the file's in decimal.
    private static func isFile(_ text: Substring, _ file: stat) -> Bool {
        let parts = text.split(separator: ":")
        guard parts.count == 3, let major = UInt64(parts[0], radix: 16), let minor = UInt64(parts[1], radix: 16) else {
            return false
        }
        let device = UInt64(file.st_dev)
        let isDevice =
            major == (device >> 8 & 0xFFF | device >> 32 & ~0xFFF)
            && minor == (device & 0xFF | device >> 12 & 0xFFFF_FF00)
        return isDevice && UInt64(parts[2]) == UInt64(file.st_ino)
    }

    private static func user(of process: Int32) -> String? {
        var folder = stat()
        guard stat("/proc/\(process)", &folder) == 0 else { return nil }
        var (entry, found) = (passwd(), nil as UnsafeMutablePointer<passwd>?)
        var names = [CChar](repeating: 0, count: 4096)
        guard getpwuid_r(folder.st_uid, &entry, &names, names.count, &found) == 0, found != nil,
            let name = entry.pw_name
        else { return String(folder.st_uid) }
        return String(cString: name)
    }

    /// A process may give itself any name: of one that is not plain nothing is shown.
    private static func program(_ process: Int32) -> String? {
        guard let name = text("/proc/\(process)/comm")?.prefix(while: { $0 != "\n" }) else { return nil }
        return !name.isEmpty && name.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? String(name) : nil
    }

    private static func text(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}

extension SQLiteConnection {
    package func lockHolder(_ name: String) -> LockHolder? {
        FileLockHolder.find(path: lockPath(name))
    }
}
