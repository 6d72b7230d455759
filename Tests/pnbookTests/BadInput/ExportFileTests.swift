import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: a file that `export` cannot or must not write. A file that exists stays, and nothing is left beside it.
@Suite("Bad input: the exported file")
struct ExportFileTests {
    static let names = ["book.csv", "book.ndjson", "book.db"]

    private static func database(_ engine: TestEngine = .sqlite) throws -> TestDatabase {
        try TestDatabase.withBook(engine, Catalogues.plain(parts: 2000))
    }

    private static func entries(_ folder: ScratchFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(
        "Options that make no sense exit 64 with what would",
        arguments: [
            (["active", "--to", "book.txt"], "the ending decides what is written: .xlsx"),
            (["active", "--to", "csv"], "the ending decides what is written: .xlsx"),
            (["active"], "--to"), (["--to", "book.db"], "<book>"),
            (["all", "--to", "book.csv"], "a .csv file holds one book"),
            (["all", "--to", "book.ndjson"], "a .ndjson file holds one book"),
            (["1", "--to", "book.db", "--plain"], "--plain is for .csv files"),
            (["1", "--to", "book.db", "--replace"], "--replace is not for .db files"),
        ])
    func options(arguments: [String], words: String) throws {
        try RunProgram(["export"] + arguments).run().expectRefusal(64, saying: words)
    }

    @Test("A symbolic link is not written through, whether it points to a file or nowhere", arguments: names)
    func link(name: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        try folder.write("precious", to: "target")
        for target in ["target", "nowhere"] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + name, withDestinationPath: folder.path + "/" + target)
            try database.pnbook("export", "active", "--to", folder.path + "/" + name)
                .expectRefusal(74, saying: "\(name) is a symbolic link", "Give the name of the file itself")
            #expect(try Self.entries(folder) == [name, "target"])
            try FileManager.default.removeItem(atPath: folder.path + "/" + name)
        }
        #expect(try String(contentsOfFile: folder.path + "/target", encoding: .utf8) == "precious")
    }

    @Test("What others put beside it in a shared folder is neither used nor in the way", arguments: names)
    func squatters(name: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        try folder.write("precious", to: "target")
        let parts = ["", "0123456789abcdef."].map { "\(folder.path)/.\(name).\($0)pnbook-part" }
        for part in parts {
            try FileManager.default.createSymbolicLink(atPath: part, withDestinationPath: folder.path + "/target")
        }
        try database.succeed("export", "active", "--to", folder.path + "/" + name)
        #expect(try String(contentsOfFile: folder.path + "/target", encoding: .utf8) == "precious")
        for part in parts { #expect(try FileManager.default.destinationOfSymbolicLink(atPath: part) != "") }
        #expect(try Self.entries(folder).count == 4)
    }

    @Test("A folder, a pipe, a folder that is not there", arguments: names)
    func noFile(name: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        let file = folder.path + "/" + name
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
        try database.pnbook("export", "1", "--to", file).expectRefusal(74, saying: "\(file) is a folder")
        try FileManager.default.removeItem(atPath: file)
        #expect(mkfifo(file, 0o600) == 0)
        try database.pnbook("export", "1", "--to", file).expectRefusal(74, saying: "\(file) is a device or a pipe")
        try FileManager.default.removeItem(atPath: file)
        try database.pnbook("export", "1", "--to", folder.path + "/none/" + name)
            .expectRefusal(74, saying: "none/\(name): No such file or directory", "Check the folder")
        #expect(try Self.entries(folder) == [])
    }

    @Test("A folder that takes no new file", arguments: names)
    func closedFolder(name: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        let file = folder.path + "/" + name
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
        try database.pnbook(["export", "1", "--to", file], heedingFileModes: true)
            .expectRefusal(74, saying: "\(file): Permission denied", "the rights on it")
        #expect(try Self.entries(folder) == [])
    }

    @Test("QuoteForge's file without the right to write it")
    func closedFile() throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        let file = folder.path + "/book.db"
        try database.succeed("export", "1", "--to", file)
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
        try database.pnbook(["export", "1", "--to", file], heedingFileModes: true)
            .expectRefusal(74, saying: "cannot write \(file)", "check the rights")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    }

    @Test("A limit on the size of files: the old file stays", arguments: names)
    func sizeLimit(name: String) throws {
        // A SQLite database would meet the limit itself.
        let database = try Self.database(.mariadb)
        let folder = try ScratchFolder()
        let file = folder.path + "/" + name
        let before =
            name == "book.csv"
            ? "partnumber,lot_name,is_primary_pn,description\n"
            : #"{"partnumber":"old","lot_name":"L","is_primary_pn":true,"description":null}"# + "\n"
        if name != "book.db" { try folder.write(before, to: name) }
        var program = RunProgram(["export", "1", "--to", file, "--database", try database.url])
        program.fileSizeLimit = 20_000
        try program.run().expectRefusal(74, saying: "cannot write \(file)", "Make room")
        #expect(try Self.entries(folder) == (name == "book.db" ? [] : [name]))
        if name != "book.db" { #expect(try String(contentsOfFile: file, encoding: .utf8) == before) }
    }

    @Test("Output that cannot be written: nothing is exported where that is known, and it is said where it is not")
    func output() throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        let file = folder.path + "/book.db"
        let result = try database.pnbook(["export", "1", "--to", file], to: .file("/dev/full"))
        #expect(result.code == 74)
        #expect(result.stderr == "pnbook: cannot write to standard output: No space left on device\n")
        #expect(try Self.entries(folder) == [])
        var program = RunProgram(["export", "1", "--to", folder.path + "/b.csv", "--database", try database.url])
        program.output = .closedPipe
        program.arguments.append("--quiet")
        #expect(try program.run().code == 0)
    }

    @Test("What SQLite has left beside a name would spoil a new file", arguments: ["-wal", "-journal"])
    func strayLog(suffix: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        try folder.write("left", to: "book.db" + suffix)
        try database.pnbook("export", "all", "--to", folder.path + "/book.db")
            .expectRefusal(74, saying: "book.db\(suffix) belongs to a database that is gone", "Remove it first")
        #expect(try Self.entries(folder) == ["book.db" + suffix])
    }

    @Test("What a killed run has left is taken away, but not what another is writing", arguments: names)
    func leftover(name: String) throws {
        let database = try Self.database()
        let folder = try ScratchFolder()
        let part = try folder.write("half", to: ".\(name).pnbook-part")
        let held = open(part, O_RDONLY | O_CLOEXEC)
        #expect(flock(held, LOCK_EX) == 0)
        try database.pnbook("export", "1", "--to", folder.path + "/" + name)
            .expectRefusal(75, saying: "another process is writing", name)
        #expect(try Self.entries(folder) == [".\(name).pnbook-part"])
        close(held)
        try database.succeed("export", "1", "--to", folder.path + "/" + name)
        #expect(try Self.entries(folder) == [name])
    }

    @Test("A database without a book, or without books at all")
    func noBook() throws {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 1))
        let folder = try ScratchFolder()
        for book in ["all", "active"] {
            try database.pnbook("export", book, "--to", folder.path + "/b.db")
                .expectRefusal(1, saying: "there is no active book yet")
        }
        try database.pnbook("export", "7", "--to", folder.path + "/b.csv")
            .expectRefusal(1, saying: "there is no book '7'")
        #expect(try Self.entries(folder) == [])
    }
}
