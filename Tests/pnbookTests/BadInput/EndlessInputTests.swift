import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: files that have no end, or that nobody writes. No run waits for them without end, and a signal ends the wait.
@Suite("Bad input: input without an end")
struct EndlessInputTests {
    /// Runs the program from a shell, which gives it a pipe for each `<(command)`.
    private static func shell(_ line: String, in folder: ScratchFolder) throws -> ProgramResult {
        try ChildRun.run(
            ["bash", "-c", line.replacing("pnbook ", with: "\(try TestProgram.pnbook.path) ")],
            environment: ["PATH": "/usr/bin:/bin", "XDG_CONFIG_HOME": "/dev/null"], folder: folder.path, seconds: 25)
    }

    private static let server = "--database 'mariadb://x@localhost/y?socket=/nowhere'"

    /// Where a file is read, and the code that says that it cannot be.
    private static let readers: [(line: String, code: Int32)] = [
        ("pnbook config show --config FILE", 78), ("pnbook list --config FILE", 78),
        ("pnbook list \(server) --password-file FILE", 78), ("pnbook create \(server) --password-file FILE", 78),
        ("pnbook list \(server) --defaults-file FILE", 78), ("pnbook simulate --books FILE", 65),
    ]

    @Test("Devices, folders, sockets and pipes that nobody writes to are named at once")
    func places() throws {
        let folder = try ScratchFolder()
        #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let listener = try ChildRun([
            "python3", "-c",
            "import socket,sys,time; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); time.sleep(60)",
            folder.path + "/socket",
        ])
        try eventually(20, "the socket exists") { FileManager.default.fileExists(atPath: folder.path + "/socket") }
        for (line, code) in Self.readers {
            for place in ["/dev/zero", "/dev/full", "/dev", "pipe", "socket"] {
                let result = try Self.shell(line.replacing("FILE", with: place), in: folder)
                result.expectRefusal(code, saying: place)
            }
        }
        listener.signal(SIGKILL)
    }

    @Test("A file or a pipe beyond all measure is not read to its end")
    func size() throws {
        let folder = try ScratchFolder()
        let file = folder.path + "/large"
        #expect(FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o600]))
        #expect(truncate(file, 1 << 40) == 0)
        for (line, code) in Self.readers {
            try Self.shell(line.replacing("FILE", with: file), in: folder).expectRefusal(code, saying: "KiB")
            // The client library reads its option file itself, and only a file.
            let isRead = !line.contains("defaults-file")
            try Self.shell(line.replacing("FILE", with: "<(yes)"), in: folder)
                .expectRefusal(code, saying: isRead ? "KiB" : "it is not a file")
        }
    }

    @Test("A pipe that the shell gives is read like a file")
    func pipes() throws {
        let folder = try ScratchFolder()
        try folder.write("timezone = Europe/Paris\n", to: "pnbook.conf")
        let configuration = try Self.shell("pnbook config show --config <(sleep 0.3; cat pnbook.conf)", in: folder)
        #expect(configuration.code == 0 && configuration.stdout.contains("Europe/Paris"), "\(configuration.said)")
        let books = try Self.shell(
            "echo '[]' | pnbook simulate --books -; pnbook simulate --books <(echo '[]')", in: folder)
        #expect(books.code == 0, "\(books.said)")
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
        let user = try LimitedUser(on: database, rights: ["SELECT"])
        try folder.write(user.password + "\n", to: "password")
        for line in [
            "pnbook list URL --password-file <(sleep 0.3; cat password)",
            "cat password | pnbook list URL --password-file /dev/stdin",
            "pnbook list URL --password-file /dev/stdin < password",
            "pnbook list URL --password-file /dev/fd/7 7< password",
        ] {
            let url = "--database '\(try database.url(user: user.name))'"
            let result = try Self.shell(line.replacing("URL", with: url), in: folder)
            #expect(result.code == 0, "\(line): \(result.stderr)")
            #expect(!result.said.contains(user.password))
        }
    }

    @Test(
        "The first signal ends the wait for a pipe, whatever the parent process blocks or ignores",
        arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let folder = try ScratchFolder()
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        // A writer that never writes.
        let writer = open(pipe, O_RDWR | O_CLOEXEC)
        defer { close(writer) }
        let database = "sqlite:\(folder.path)/none.db"
        for words in [
            ["config", "show", "--config", pipe], ["create", "--config", pipe],
            ["list", "--password-file", pipe, "--database", database],
            ["create", "--password-file", pipe, "--database", database], ["simulate", "--books", pipe],
            ["export", "1", "--to", "a.csv", "--config", pipe],
        ] {
            let program = try TestProgram.pnbook.path
            let child = try ChildRun(["env", "--ignore-signal=INT,TERM", "--block-signal=INT,TERM", program] + words)
            try eventually(20, "\(words) has the pipe open") {
                let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.pid)/fd")
                return open?.contains {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child.pid)/fd/\($0)")) == pipe
                } ?? false
            }
            child.signal(number)
            #expect(try child.wait(10) == 128 + number, "\(words): \(child.stderr)")
        }
    }

    @Test("load takes only files, and says which record has no end")
    func catalogue() throws {
        let folder = try ScratchFolder()
        let file = folder.path + "/lot_partnumbers.csv"
        #expect(mkfifo(file, 0o600) == 0)
        let program = RunProgram(["load", folder.path, "--database", "sqlite:\(folder.path)/new.db"])
        try program.run().expectRefusal(65, saying: "lot_partnumbers.csv", "it is a pipe or a device")
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/zero")
        try program.run().expectRefusal(65, saying: "lot_partnumbers.csv", "it is a pipe or a device")
        try FileManager.default.removeItem(atPath: file)
        let lines = String(repeating: "A,B\n", count: 5 << 20)
        try folder.write("partnumber,lot_name\nC,D\n\"E,F\n" + lines, to: "lot_partnumbers.csv")
        try program.run().expectRefusal(65, saying: "line 3, column 1: a record of more than 16 MiB")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/new.db"))
    }
}
