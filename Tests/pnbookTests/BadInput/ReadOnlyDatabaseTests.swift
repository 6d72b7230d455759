import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: a SQLite database that this user may not write. What reads goes on, what writes is refused.
///
/// A MariaDB user without rights is among the missing rights.
@Suite("Bad input: read-only database")
struct ReadOnlyDatabaseTests {
    /// What this user may not write.
    enum Protection: String, CaseIterable, CustomTestStringConvertible {
        case file
        case folder

        var testDescription: String { rawValue }

        func set(_ isOn: Bool, on database: TestDatabase) throws {
            let files = FileManager.default
            let names = try files.contentsOfDirectory(atPath: database.folder)
            switch self {
            case .file:
                for name in names {
                    try files.setAttributes(
                        [.posixPermissions: isOn ? 0o444 : 0o644], ofItemAtPath: database.folder + "/" + name)
                }
            case .folder:
                // As the last writer leaves it: without a log, which every opener would have to make.
                for name in names where name.hasSuffix("-wal") || name.hasSuffix("-shm") {
                    try files.removeItem(atPath: database.folder + "/" + name)
                }
                try files.setAttributes([.posixPermissions: isOn ? 0o555 : 0o755], ofItemAtPath: database.folder)
            }
        }
    }

    private static func database() throws -> TestDatabase {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        for hour in 4...6 {
            try database.insertBook(version: "PNBOOK-2026-11-20-00\(hour)", createdAt: "2026-11-20 0\(hour):00:00.000")
        }
        return database
    }

    @Test("What writes exits 77, names the file, and changes nothing", arguments: Protection.allCases)
    func writing(protection: Protection) throws {
        let database = try Self.database()
        let catalogue = try ScratchFolder()
        try catalogue.writeCatalogue(Catalogues.plain(parts: 2))
        let before = try database.contents()
        let bytes = try database.fileBytes()
        try protection.set(true, on: database)
        for verb in [
            ["create"], ["create", "--migrate"], ["prune"], ["load", catalogue.path, "--replace"],
        ] {
            let result = try database.pnbook(verb, heedingFileModes: true)
            result.expectRefusal(77, saying: database.path, "right to write the file", "nothing was changed")
        }
        try protection.set(false, on: database)
        #expect(try database.fileBytes() == bytes)
        #expect(try database.contents() == before)
    }

    @Test("Migrating exits 77 as well", arguments: Protection.allCases)
    func migrating(protection: Protection) throws {
        let database = try TestDatabase(.sqlite)
        try database.load(Catalogues.plain(parts: 3))
        let before = try database.contents()
        try protection.set(true, on: database)
        for verb in [["migrate", "up"], ["create", "--migrate"]] {
            try database.pnbook(verb, heedingFileModes: true)
                .expectRefusal(77, saying: database.path, "right to write the file")
        }
        try protection.set(false, on: database)
        #expect(try database.contents() == before)
    }

    @Test("What only reads a file without write permission goes on")
    func reading() throws {
        let database = try Self.database()
        try Protection.file.set(true, on: database)
        for verb in [
            ["list"], ["show", "active"], ["prune", "--dry-run"], ["create", "--dry-run"], ["migrate", "plan"],
            ["migrate", "status"], ["task", "list"],
        ] {
            let result = try database.pnbook(verb, heedingFileModes: true)
            #expect(result.code == 0, "\(verb): \(result.stderr)")
        }
    }

    @Test("A file that this user may not even read exits 69, names it, and keeps its bytes")
    func unreadable() throws {
        let database = try Self.database()
        let bytes = try database.fileBytes()
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: database.path)
        for verb in [["list"], ["create"], ["load", Catalogues.servers]] {
            try database.pnbook(verb, heedingFileModes: true).expectRefusal(77, saying: database.path, "rights")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: database.path)
        #expect(try database.fileBytes() == bytes)
    }

    @Test("load into a folder that takes no new file exits 77 and names the path")
    func newFileInClosedFolder() throws {
        let folder = try ScratchFolder()
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        var program = RunProgram(["load", Catalogues.servers, "--database", "sqlite:\(folder.path)/new.db"])
        program.heedsFileModes = true
        try program.run().expectRefusal(77, saying: "\(folder.path)/new.db", "the rights on the file and on its folder")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}
