import Foundation
import Harness
import TestSupport
import Testing

/// Files that decide what runs as this user, or whom it trusts, must be this user's own or root's. As root: nobody else can give
/// files away.
@Suite("Files of other users", .enabled(if: getuid() == 0))
struct TrustedFileTests {
    private static let stranger: UInt32 = 54_321

    private static func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ProgramResult {
        var program = RunProgram(arguments + ["--database", "mariadb://x@localhost/y?socket=/nowhere"])
        program.environment = environment
        return try program.run()
    }

    /// A configuration that leaves a mark when its command is run.
    private static func configuration(in folder: ScratchFolder) throws -> (file: String, mark: String) {
        let mark = folder.path + "/mark"
        let folder = folder.path + "/conf"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/pnbook.conf"
        try Data("password-command = touch \(mark); echo x\n".utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return (file, mark)
    }

    @Test("Another user's configuration is refused, and runs nothing")
    func configuration() throws {
        let folder = try ScratchFolder()
        let (file, mark) = try Self.configuration(in: folder)
        let link = folder.path + "/link.conf"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        #expect(chown(file, Self.stranger, 0) == 0)
        for name in [file, link] {
            try Self.run(["list", "--config", name])
                .expectRefusal(78, saying: name, "belongs to user \(Self.stranger)", "chown root \(name)")
            try Self.run(["create"], ["PNBOOK_CONFIG": name]).expectRefusal(78, saying: "belongs to")
        }
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(chown(file, 0, 0) == 0)
        #expect(try Self.run(["list", "--config", file]).code == 69)
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    @Test("A configuration with a command must be out of others' reach; a sticky folder is fine")
    func folders() throws {
        let folder = try ScratchFolder()
        let (file, mark) = try Self.configuration(in: folder)
        let holder = (file as NSString).deletingLastPathComponent
        for mode in [0o777, 0o775, 0o757] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: holder)
            try Self.run(["list", "--config", file]).expectRefusal(78, saying: file, "chmod go-w \(holder)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: holder)
        #expect(chown(holder, Self.stranger, 0) == 0)
        try Self.run(["list", "--config", file]).expectRefusal(78, saying: file, holder)
        #expect(!FileManager.default.fileExists(atPath: mark))
        #expect(chown(holder, 0, 0) == 0)
        #expect(chmod(holder, 0o1777) == 0)
        #expect(try Self.run(["list", "--config", file]).code == 69)
        #expect(FileManager.default.fileExists(atPath: mark))
    }

    @Test(
        "Another user's password file and option file are refused", arguments: ["--password-file", "--defaults-file"])
    func secrets(flag: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("[pnbook]\npassword=s3cr3t\n", to: "secret")
        #expect(chown(file, Self.stranger, 0) == 0)
        let result = try Self.run(["list", flag, file])
        result.expectRefusal(78, saying: file, "belongs to user \(Self.stranger)", "chown root \(file)")
        #expect(!result.stderr.contains("s3cr3t"))
        #expect(chown(file, 0, 0) == 0)
        #expect(try Self.run(["list", flag, file]).code == 69)
    }

    @Test("What only begins like a path of systemd's credentials is not one of them")
    func credentials() throws {
        let folder = try ScratchFolder()
        let secret = try folder.write("x\n", to: "password", mode: 0o644)
        let credentials = folder.path + "/cred"
        try FileManager.default.createDirectory(atPath: credentials, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: credentials + "/link", withDestinationPath: secret)
        let inside = credentials + "/inside"
        try Data("x\n".utf8).write(to: URL(fileURLWithPath: inside))
        try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: inside)
        let environment = ["CREDENTIALS_DIRECTORY": credentials]
        for path in [credentials + "/../password", credentials + "/link", credentials + "/./../password"] {
            try Self.run(["list", "--password-file", path], environment).expectRefusal(78, saying: "others may read it")
        }
        #expect(try Self.run(["list", "--password-file", inside], environment).code == 69)
        #expect(try Self.run(["list", "--password-file", credentials + "/../cred/inside"], environment).code == 69)
    }
}
