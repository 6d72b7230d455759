import Database
import Foundation
import Harness
import TestSupport
import Testing

/// The rights of the files that are made, and what a user needs to read them.
@Suite("Rights of files")
struct FileRightsTests {
    /// Runs the program on a SQLite file under a umask.
    private static func run(_ words: [String], on path: String, umask: String = "022") throws {
        var program = RunProgram(words + ["--database", "sqlite:" + path])
        program.umask = umask
        let result = try program.run()
        #expect(result.code == 0, "\(words): \(result.stderr)")
    }

    private static func modes(in folder: ScratchFolder) throws -> [String: Int] {
        var modes: [String: Int] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasPrefix("a.db") {
            modes[name] =
                try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions] as? Int
        }
        return modes
    }

    @Test(
        "A database and all beside it are for its user and group",
        arguments: [("000", 0o640), ("022", 0o640), ("077", 0o600)])
    func created(umask: String, mode: Int) throws {
        let folder = try ScratchFolder()
        try Self.run(["load", Catalogues.servers], on: folder.path + "/a.db", umask: umask)
        try Self.run(["create", "--migrate"], on: folder.path + "/a.db", umask: umask)
        let modes = try Self.modes(in: folder)
        for name in ["a.db", "a.db-tasks", "a.db-books.lock"] { #expect(modes[name] == mode, "\(name)") }
        #expect(modes.values.allSatisfy { $0 == mode }, "\(modes)")
    }

    @Test(
        "What is made beside a database is not for more users than it is itself, which keeps its rights",
        arguments: [(0o600, 0o600), (0o640, 0o640), (0o644, 0o640), (0o664, 0o640)])
    func beside(database: Int, mode: Int) throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/a.db"
        try Self.run(["load", Catalogues.servers], on: path)
        for name in try Self.modes(in: folder).keys where name != "a.db" {
            try FileManager.default.removeItem(atPath: folder.path + "/" + name)
        }
        try FileManager.default.setAttributes([.posixPermissions: database], ofItemAtPath: path)
        try Self.run(["create", "--migrate"], on: path, umask: "000")
        let modes = try Self.modes(in: folder)
        #expect(modes["a.db"] == database)
        for name in ["a.db-tasks", "a.db-books.lock"] { #expect(modes[name] == mode, "\(name)") }
    }

    /// Runs the program as a user whom the modes of files hold up.
    private static func read(_ words: [String], on path: String) throws -> ProgramResult {
        var program = RunProgram(words + ["--database", "sqlite:" + path])
        program.heedsFileModes = true
        return try program.run()
    }

    private static let readingVerbs: [[String]] = [
        ["list"], ["show", "active"], ["verify"], ["diff", "1", "2"], ["explain", "PN-1"], ["metrics"],
        ["task", "list"],
        ["migrate", "status"], ["migrate", "plan"], ["prune", "--dry-run"], ["create", "--dry-run"],
    ]

    /// A database with two books, in a folder that every user may look into, as its last writer left it.
    private static func readable() throws -> TestDatabase {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        try database.succeed("create", "--now", "2026-11-21T03:00:00Z")
        for suffix in ["", "-tasks"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: database.path + suffix)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: database.folder)
        return database
    }

    private static func unlock(_ database: TestDatabase) {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: database.folder)
    }

    @Test("A user who may only read file and folder reads everything, and leaves nothing")
    func reading() throws {
        let database = try Self.readable()
        defer { Self.unlock(database) }
        let entries = try FileManager.default.contentsOfDirectory(atPath: database.folder).sorted()
        for verb in Self.readingVerbs {
            let result = try Self.read(verb, on: database.path)
            #expect(result.code == 0, "\(verb): \(result.stderr)")
        }
        let target = try ScratchFolder()
        for name in ["a.csv", "a.ndjson", "a.db"] {
            let result = try Self.read(["export", "active", "--to", target.path + "/" + name], on: database.path)
            #expect(result.code == 0, "\(name): \(result.stderr)")
        }
        let doctor = try Self.read(["doctor"], on: database.path)
        #expect(doctor.stdout.contains("is active"), "\(doctor.stdout)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: database.folder).sorted() == entries)
    }

    /// A copy of a database whose last change is in its log alone, with a folder that is closed.
    private static func copy(with suffixes: [String], _ mode: Int) throws -> ScratchFolder {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let writer = try database.connect()
        defer { writer.close() }
        try writer.execute("UPDATE qt_partnumber_books SET created_by = 'committed'")
        let copy = try ScratchFolder()
        for suffix in suffixes {
            let file = copy.path + "/a.db" + suffix
            try FileManager.default.copyItem(atPath: database.path + suffix, toPath: file)
            try FileManager.default.setAttributes([.posixPermissions: suffix == "" ? 0o444 : mode], ofItemAtPath: file)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: copy.path)
        return copy
    }

    @Test("What is in the log of a writer, at work or killed, is read with it")
    func readableLog() throws {
        let copy = try Self.copy(with: ["", "-wal", "-shm"], 0o444)
        let result = try Self.read(["list"], on: copy.path + "/a.db")
        #expect(result.code == 0 && result.stdout.contains("committed"), "\(result.stderr)")
    }

    @Test(
        "A log that cannot be read is not passed over, and nobody is told to let a reader write",
        arguments: [0o444, 0o000])
    func unreadableLog(mode: Int) throws {
        let copy = try Self.copy(with: ["", "-wal"], mode)
        let result = try Self.read(["list"], on: copy.path + "/a.db")
        result.expectRefusal(77, saying: "the last changes are in \(copy.path)/a.db-wal", "the right to read the files")
        #expect(!result.stderr.contains("right to write"))
        for (name, mode) in [("", 0o755), ("/a.db", 0o644), ("/a.db-wal", 0o644)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: copy.path + name)
        }
        // A user who may write it reads it once.
        try Self.run(["list"], on: copy.path + "/a.db")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: copy.path)
        let again = try Self.read(["list"], on: copy.path + "/a.db")
        #expect(again.code == 0 && again.stdout.contains("committed"), "\(again.stderr)")
    }
}
