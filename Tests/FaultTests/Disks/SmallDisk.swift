import Foundation
import Harness

/// A disk of a few megabytes on which a test can run out of room: a tmpfs, gone with the last reference.
///
/// Mounting takes an administrator: root, or somebody whom `sudo` asks no password.
final class SmallDisk {
    let path: String

    /// An empty disk in a folder of its own.
    ///
    /// - Parameter kilobytes: how much it holds, what stands on it included.
    init(kilobytes: Int) throws {
        path = NSTemporaryDirectory() + "/pnbook-disk-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.mount(["-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0777", "pnbook-test", path])
    }

    /// Puts a disk in the place of `folder`, with everything that stands in it, and leaves so much room.
    init(under folder: String, leaving kilobytes: Int) throws {
        path = folder
        let aside = folder + "-aside"
        try FileManager.default.moveItem(atPath: folder, toPath: aside)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try Self.mount(["-t", "tmpfs", "-o", "size=1g,mode=0777", "pnbook-test", path])
        for name in try FileManager.default.contentsOfDirectory(atPath: aside) {
            try FileManager.default.copyItem(atPath: aside + "/" + name, toPath: folder + "/" + name)
        }
        try FileManager.default.removeItem(atPath: aside)
        try leave(kilobytes)
    }

    deinit {
        // Lazily: a process that the test has left behind may still stand in it.
        try? Self.run("umount", ["-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Makes the disk smaller or larger, so that this much is free.
    func leave(_ kilobytes: Int) throws {
        try Self.mount(["-o", "remount,size=\(try used() + kilobytes)k", path])
    }

    /// Writes a file that takes whatever room is left. To be removed with ``makeRoom()``.
    func fill() throws {
        let file = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND, 0o644)
        guard file >= 0 else { throw DiskError(what: "open \(path)/filler", number: errno) }
        defer { close(file) }
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while !block.isEmpty {
            if write(file, block, block.count) >= 0 { continue }
            guard errno == ENOSPC else { throw DiskError(what: "write \(path)/filler", number: errno) }
            block.removeLast(block.count - block.count / 2)
        }
    }

    func makeRoom() throws {
        try FileManager.default.removeItem(atPath: path + "/filler")
    }

    private func used() throws -> Int {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { throw DiskError(what: "look at \(path)", number: errno) }
        return Int(disk.f_blocks - disk.f_bfree) * Int(disk.f_frsize) / 1024
    }

    private static func mount(_ arguments: [String]) throws {
        try run("mount", arguments)
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let result = try ChildRun.run(
            ["/usr/bin/env"] + (getuid() == 0 ? [] : ["sudo", "-n"]) + [program] + arguments,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
        guard result.code == 0 else { throw NoSmallDisk(program: program) }
    }
}

/// The disk could not be made: tests of a full disk need an administrator.
struct NoSmallDisk: Error, CustomStringConvertible {
    let program: String

    var description: String {
        "'\(program)' failed: a test of a full disk mounts a small tmpfs, which takes root or sudo without a password"
    }
}

struct DiskError: Error, CustomStringConvertible {
    let what: String
    let number: Int32
    var description: String { "cannot \(what): \(String(cString: strerror(number)))" }
}
