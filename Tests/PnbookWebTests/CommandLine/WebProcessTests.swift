import Foundation
import Harness
import Operations
import TestSupport
import Testing

/// `pnbook-web` as a process, asked over its socket as any client would.
@Suite("The program pnbook-web")
struct WebProcessTests {
    private static let token = "correct-horse-battery-staple"

    /// A database with a book, and what the program is started with.
    private struct Site {
        let database: TestDatabase
        let folder: ScratchFolder
        private let environment: [String: String]

        init(_ engine: TestEngine) throws {
            database = try TestDatabase(engine)
            folder = try ScratchFolder()
            var environment = ["XDG_CONFIG_HOME": "/dev/null", "PNBOOK_DATABASE": try database.url]
            for name in ["PATH", "HOME", "TMPDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
            self.environment = environment
            try folder.write(token, to: "token")
            try folder.write("vendor,partnumber,lot_name\n,PN-1,LOT-1\n", to: "lot_partnumbers.csv", mode: 0o644)
            for arguments in [["load", folder.path], ["create", "--migrate"]] {
                try ChildRun.succeed([try TestProgram.pnbook.path] + arguments, environment: environment)
            }
        }

        var socket: String { folder.path + "/web.sock" }

        func start(_ flags: [String] = [], variables: [String: String] = [:]) throws -> ChildRun {
            try ChildRun(
                [
                    try TestProgram.web.path, "--listen", "unix:" + socket, "--token-file", folder.path + "/token",
                    "--state-dir",
                    folder.path + "/state",
                ] + flags, environment: environment.merging(variables) { _, new in new })
        }

        /// Starts it, and waits until it serves.
        func serve(_ flags: [String] = [], variables: [String: String] = [:]) throws -> ChildRun {
            let run = try start(flags, variables: variables)
            try run.waitFor("serving at unix:")
            return run
        }

        func ask(_ path: String, _ flags: String...) throws -> JSON {
            try JSON(
                parsing: ChildRun.succeed(
                    [
                        "curl", "--silent", "--show-error", "--unix-socket", socket, "--header",
                        "Authorization: Bearer \(token)",
                        "http://page.test" + path,
                    ] + flags))
        }
    }

    @Test("A run outlives the page, which finds it again, and answers for it as before", arguments: TestEngine.allCases)
    func outlives(engine: TestEngine) throws {
        let site = try Site(engine)
        let faulty = ["--program", try TestProgram.faulty.path]
        // The page passes on no variable of its own: a script does.
        let wrapper = try site.folder.write(
            "#!/bin/sh\nPNBOOK_FAULT=stop:30 exec \(try TestProgram.faulty.path) \"$@\"\n", to: "pnbook", mode: 0o755)
        let page = try site.serve(["--program", wrapper])
        let books = "/api/admin/pricing/partnumber-books"
        let run = ["--request", "POST", "--header", "Idempotency-Key: k"]
        let begun = try site.ask(books, run[0], run[1], run[2], run[3])
        let id = try #require(begun["task_id"]?.string)
        page.signal(SIGKILL)
        #expect(try page.wait() == 128 + SIGKILL)
        let second = try site.serve(faulty)
        #expect(try site.ask(books)["running"]?["id"]?.string == id)
        #expect(try site.ask(books, run[0], run[1], run[2], run[3]) == begun)
        #expect(try site.ask(books, "--request", "POST")["error"]?["kind"] == "busy")
        let task = try site.ask("/api/tasks/\(id)?view=full")["task"]
        #expect(task?["status"] == "running" && task?["triggered_by"] == "api:token")
        kill(Int32(try #require(task?["pid"]?.integer)), SIGCONT)
        try eventually(60, "the run ends") { try site.ask("/api/tasks/" + id)["status"] == "completed" }
        second.signal(SIGTERM)
        #expect(try second.wait() == 0)
        #expect(second.stderr.contains("asked to end; runs go on"))
    }

    @Test("A second process of the same state is refused; SIGINT ends with 130, and systemd is told")
    func life() throws {
        let site = try Site(.sqlite)
        let manager = try NotifySocket(at: site.folder.path + "/notify")
        let page = try site.serve(variables: ["NOTIFY_SOCKET": manager.path])
        #expect(try manager.message() == "READY=1")
        let other = try site.start()
        #expect(try other.wait() == 75)
        #expect(try site.ask("/api/tasks")["tasks"]?.elements?.isEmpty == false)
        page.signal(SIGINT)
        #expect(try page.wait() == 130)
        #expect(try manager.message() == "STOPPING=1")
    }

    @Test(
        "What makes no sense is refused before anything is served",
        arguments: [
            (["--listen", "0.0.0.0:1"], 64, "--allow-remote"), (["--listen", "nowhere"], 64, "--listen"),
            (["--token-command", "true"], 64, "one token"), (["--origin", "books"], 64, "--origin"),
            (["--nonsense"], 64, "--nonsense"),
            (["--program", "/nowhere/pnbook"], 78, "/nowhere/pnbook"), (["--timezone", "Mars"], 64, "Mars"),
            (["--listen", "systemd"], 78, "no socket"), (["--state-dir", "here"], 64, "--state-dir"),
        ] as [([String], Int32, String)])
    func refused(flags: [String], code: Int32, words: String) throws {
        let folder = try ScratchFolder()
        let token = try folder.write(Self.token, to: "token")
        var environment = ["XDG_CONFIG_HOME": "/dev/null", "HOME": folder.path]
        environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
        let result = try ChildRun.run(
            [try TestProgram.web.path, "--token-file", token, "--database", "sqlite:\(folder.path)/x.db"] + flags,
            environment: environment)
        #expect(result.code == code && result.stderr.contains(words), "\(result.code) \(result.stderr)")
        #expect(!result.stderr.contains(Self.token))
    }

    @Test("Help and version are results")
    func help() throws {
        let help = try ChildRun.succeed([try TestProgram.web.path, "--help"])
        for flag in ["--listen", "--token-file", "--origin", "--state-dir", "--program", "--allow-remote"] {
            #expect(help.contains(flag))
        }
        // The program under test may be a build that is told its commit, and the page's a debug build.
        for program in [TestProgram.web, TestProgram.pnbook] {
            let version = try ChildRun.succeed([program.path, "--version"])
            #expect(version == "\(ProgramVersion.number)\n" || version.hasPrefix("\(ProgramVersion.number) ("))
        }
    }
}
