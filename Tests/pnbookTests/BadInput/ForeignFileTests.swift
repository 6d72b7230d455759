import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: a name under which another program's file exists. It keeps its bytes.
@Suite("Bad input: other programs' files")
struct ForeignFileTests {
    @Test(
        "export replaces an earlier export and an empty file, and another file only where that is said",
        arguments: [
            ("a.csv", "partnumber,lot_name\r\nA,B\r\n"), ("a.csv", "precious\n"), ("a.csv", "\u{FEFF}partnumber"),
            ("a.csv", "partnumber,lot_name,is_primary_pn,description,note\n"),
            ("a.ndjson", "{\"id\": 7}\n"), ("a.ndjson", "[]"), ("a.ndjson", "\n"),
        ])
    func exports(name: String, text: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let folder = try ScratchFolder()
        let file = try folder.write(text, to: name)
        try database.pnbook("export", "active", "--to", file)
            .expectRefusal(74, saying: file, "is not an export of pnbook's; it was not changed", "--replace")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(text.utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
        try database.succeed("export", "active", "--to", file, "--replace")
        let exported = try String(contentsOfFile: file, encoding: .utf8)
        #expect(exported.contains("PN-3"))
        try database.succeed("export", "active", "--to", file)
        try folder.write("", to: name)
        try database.succeed("export", "active", "--to", file)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == exported)
    }

    @Test("A file of ours that is replaced keeps its rights", arguments: [0o600, 0o644, 0o660])
    func rights(mode: Int) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let folder = try ScratchFolder()
        let file = folder.path + "/a.csv"
        try database.succeed("export", "active", "--to", file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        try database.succeed("export", "active", "--to", file)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == mode)
    }

    @Test("service writes both units or neither, and replaces only units of its own", arguments: ["service", "timer"])
    func units(kind: String) throws {
        let folder = try ScratchFolder()
        let foreign = "[Unit]\nDescription=Something else\n"
        let unit = try folder.write(foreign, to: "pnbook." + kind)
        let words = ["service", "--to", folder.path, "--database", "mariadb://pnbook@db/shop"]
        try RunProgram(words).run().expectRefusal(74, saying: unit, "is not a unit of pnbook's", "--replace")
        #expect(try String(contentsOfFile: unit, encoding: .utf8) == foreign)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pnbook." + kind])
        for flags in [["--replace"], [], []] { #expect(try RunProgram(words + flags).run().code == 0) }
        #expect(try FileManager.default.attributesOfItem(atPath: unit)[.posixPermissions] as? Int == 0o644)
    }

    /// What may lie where SQLite expects one of its own files.
    enum Thing: String, CaseIterable, CustomTestStringConvertible {
        case text, link, pipe, folder

        var testDescription: String { rawValue }

        func put(at path: String) throws {
            try? FileManager.default.removeItem(atPath: path)
            switch self {
            case .text:
                try Data("precious, and long enough for any header of a file\n".utf8).write(to: URL(filePath: path))
            case .link: try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + ".target")
            case .pipe: #expect(mkfifo(path, 0o600) == 0)
            case .folder: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            }
        }
    }

    @Test("What lies in the place of a file beside the database is named and not touched", arguments: Thing.allCases)
    func siblings(thing: Thing) throws {
        for suffix in ["-tasks", "-books.lock", "-wal", "-journal", "-shm"] {
            // A lock file is never read or written, and SQLite makes a new index out of any.
            if thing == .text, suffix == "-books.lock" || suffix == "-shm" { continue }
            let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
            let books = try database.books()
            let path = database.path + suffix
            try thing.put(at: path)
            let result = try database.pnbook("create")
            result.expectRefusal(thing == .text ? 13 : 69, saying: "books.db")
            if thing != .text || suffix != "-tasks" {
                #expect(result.stderr.contains("books.db" + suffix), "\(result.stderr)")
            }
            if thing == .text {
                #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("precious"))
            }
            #expect(!FileManager.default.fileExists(atPath: path + ".target"))
            try FileManager.default.removeItem(atPath: path)
            #expect(try database.books() == books)
            try database.succeed("create")
        }
    }

    @Test(
        "A pipe, a device, a folder and a broken link are no database, which every verb says at once",
        arguments: [
            ["list"], ["create"], ["create", "--migrate"], ["task", "list"], ["doctor"], ["load", Catalogues.servers],
        ])
    func places(verb: [String]) throws {
        let folder = try ScratchFolder()
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: folder.path + "/nowhere")
        for (path, words) in [
            (folder.path + "/pipe", "this is a pipe"), (folder.path, "this is a folder"),
            (folder.path + "/link", "this is a symbolic link that leads nowhere"), ("/dev/null", "this is a device"),
            ("/dev/full", "this is a device"),
        ] {
            let result = try RunProgram(verb + ["--database", "sqlite:" + path]).run()
            #expect(result.code == 69 && result.said.contains(words), "\(path): \(result.code) \(result.said)")
        }
        for path in [":memory:", "file:a.db", "file::memory:?cache=shared", ""] {
            #expect(try RunProgram(verb + ["--database", "sqlite:" + path]).run().code == 64, "\(path)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["link", "pipe"])
    }

    @Test("load makes no database beside the log of another", arguments: ["-wal", "-journal"])
    func orphanedLog(suffix: String) throws {
        let folder = try ScratchFolder()
        let log = try folder.write("precious", to: "new.db" + suffix)
        try RunProgram(["load", Catalogues.servers, "--database", "sqlite:\(folder.path)/new.db"]).run()
            .expectRefusal(13, saying: log, "belongs to a database that is gone", "Move it away")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["new.db" + suffix])
        #expect(try String(contentsOfFile: log, encoding: .utf8) == "precious")
    }

    @Test("A small file that is not a database stays as it is", arguments: ["x", "SQLite", "a line\n"])
    func smallFile(text: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write(text, to: "notes.txt")
        for verb in [["load", Catalogues.servers], ["create", "--migrate"], ["list"]] {
            try RunProgram(verb + ["--database", "sqlite:" + file]).run().expectRefusal(13, saying: file)
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
    }
}
