import Database
import ErrorModel
import Foundation
import Harness
import Operations
import TestSupport
import Testing

/// Where a password comes from: file, command, systemd's credential, option file; it never shows.
@Suite("Passwords")
struct PasswordTests {
    /// A user with a password, and a run as that user.
    private struct Door {
        let database: TestDatabase
        let user: LimitedUser
        let folder: ScratchFolder

        init() throws {
            database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
            user = try LimitedUser(on: database, rights: ["SELECT"])
            folder = try ScratchFolder()
        }

        func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ProgramResult {
            var program = RunProgram(["list", "--database", try database.url(user: user.name)] + arguments)
            program.environment = environment.merging(["HOME": folder.path]) { $1 }
            let result = try program.run()
            #expect(!(result.stdout + result.stderr).contains(user.password))
            return result
        }

        /// A file that holds the password.
        func secret(_ name: String, mode: Int = 0o600) throws -> String {
            try folder.write(user.password + "\nnot this line\n", to: name, mode: mode)
        }
    }

    @Test("A file, a command and a credential open the door; nothing and a wrong one do not")
    func sources() throws {
        let door = try Door()
        let file = try door.secret("password")
        #expect(try door.run([]).code == 77)
        #expect(try door.run(["--password-file", file]).code == 0)
        #expect(try door.run(["--password-command", "cat \(file)"]).code == 0)
        #expect(try door.run([], ["PNBOOK_PASSWORD_COMMAND": "cat \(file)"]).code == 0)
        #expect(try door.run(["--password-command", "echo wrong"]).code == 77)
        // As systemd may show it: for this service alone, by an access list that looks like the group's.
        _ = try door.secret("pnbook-password", mode: 0o440)
        #expect(try door.run([], ["CREDENTIALS_DIRECTORY": door.folder.path]).code == 0)
        #expect(try door.run([], ["CREDENTIALS_DIRECTORY": door.folder.path + "/none"]).code == 77)
    }

    @Test("An option file opens the door")
    func optionFile() throws {
        let door = try Door()
        let quoted = door.user.password.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let file = try door.folder.write("[pnbook]\npassword=\"\(quoted)\"\n", to: "my.cnf")
        #expect(try door.run(["--defaults-file", file]).code == 0)
        #expect(try door.run([], ["PNBOOK_DEFAULTS_FILE": file]).code == 0)
    }

    @Test(
        "An option file is read for each connection; one that is gone since, as credentials go with their service, counts as it was"
    )
    func goneOptionFile() throws {
        let door = try Door()
        let quoted = door.user.password.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let right = "[pnbook]\npassword=\"\(quoted)\"\n"
        let file = try door.folder.write(right, to: "my.cnf")
        let url = try DatabaseURL(parsing: door.database.url(user: door.user.name))
        let connections = ConnectionFactory(
            to: url,
            credentials: {
                // As a configuration looks at it first.
                guard access(file, R_OK) == 0 else { throw ConfigurationError("the file cannot be read") }
                return Credentials(defaultsFile: file)
            })
        try connections.open(.read).close()
        try FileManager.default.removeItem(atPath: file)
        try connections.open(.read).close()
        _ = try door.folder.write("[pnbook]\npassword=wrong\n", to: "my.cnf")
        #expect(throws: DatabaseError.self) { try connections.open(.read) }
        _ = try door.folder.write(right, to: "my.cnf")
        try connections.open(.read).close()
        // What was never there is not made up.
        let none = ConnectionFactory(to: url, credentials: { Credentials(defaultsFile: file + ".none") })
        #expect(throws: (any Error).self) { try none.open(.read) }
    }

    @Test("The stronger place counts: a flag, a variable, a credential, the file")
    func strength() throws {
        let door = try Door()
        let right = try door.secret("right")
        let wrong = try door.folder.write("wrong\n", to: "wrong")
        let config = try door.folder.write("password-file = \(wrong)\n", to: "pnbook.conf")
        #expect(try door.run(["--config", config]).code == 77)
        #expect(try door.run(["--config", config, "--password-command", "cat \(right)"]).code == 0)
        #expect(try door.run(["--config", config], ["PNBOOK_PASSWORD_COMMAND": "cat \(right)"]).code == 0)
        _ = try door.secret("pnbook-password")
        let credentials = ["CREDENTIALS_DIRECTORY": door.folder.path]
        #expect(try door.run(["--config", config], credentials).code == 0)
        #expect(try door.run(["--password-file", wrong], credentials).code == 77)
        // As a unit has it that serves any configuration.
        for nothing in ["", "\n"] {
            _ = try door.folder.write(nothing, to: "pnbook-password")
            #expect(try door.run(["--config", config], credentials).code == 77)
        }
        #expect(try door.run(["--password-file", right], credentials).code == 0)
    }

    @Test("Two sources in one place are refused: which of them counts cannot be guessed")
    func rivals() throws {
        let door = try Door()
        let file = try door.secret("password")
        try door.run(["--password-file", file, "--password-command", "cat \(file)"])
            .expectRefusal(64, saying: "--password-file and --password-command", "not both")
        try door.run([], ["PNBOOK_PASSWORD_FILE": file, "PNBOOK_PASSWORD_COMMAND": "cat \(file)"])
            .expectRefusal(78, saying: "PNBOOK_PASSWORD_FILE and PNBOOK_PASSWORD_COMMAND", "not both")
    }

    @Test("A command that fails, says nothing or is not there exits 78, and what it printed is not repeated")
    func failingCommands() throws {
        let door = try Door()
        try door.run(["--password-command", "echo s3cr3t; exit 3"])
            .expectRefusal(78, saying: "--password-command", "ended with code 3")
        try door.run(["--password-command", "true"]).expectRefusal(78, saying: "printed nothing")
        try door.run(["--password-command", "/no/such/program 2>/dev/null"]).expectRefusal(78, saying: "code 127")
        #expect(try !door.run(["--password-command", "echo s3cr3t; exit 3"]).stderr.contains("s3cr3t"))
    }

    @Test("What a command leaves running in the background is not waited for")
    func background() throws {
        let door = try Door()
        let file = try door.secret("password")
        let start = ContinuousClock.now
        #expect(try door.run(["--password-command", "cat \(file); sleep 50 &"]).code == 0)
        #expect(ContinuousClock.now - start < .seconds(40))
    }

    @Test("SIGTERM ends a run that waits for a command, and the command with it", arguments: [SIGINT, SIGTERM])
    func signalled(number: Int32) throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
        let folder = try ScratchFolder()
        let mark = folder.path + "/begun"
        // Of this run and signal alone: others look for theirs at the same time.
        let sleep = ["sleep", "9\(getpid())\(number)"]
        let command = "touch \(mark); \(sleep.joined(separator: " ")); echo x"
        let result = try SignalledRun.run(
            ["create", "--database", try database.url, "--password-command", command], ending: number
        ) { _ in FileManager.default.fileExists(atPath: mark) }
        #expect(result.code == 128 + number, "\(result.stderr)")
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid in
            try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
        }
        #expect(!processes.contains { $0.contains(sleep.joined(separator: "\u{0}")) })
    }

    @Test("The command is run once for all connections of a run, and not at all where nothing connects")
    func runOnce() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 2))
        let user = try LimitedUser(on: database, rights: ["ALL"])
        let folder = try ScratchFolder()
        let secret = try folder.write(user.password + "\n", to: "password")
        let command = "echo x >> \(folder.path)/count; cat \(secret)"
        let result = try RunProgram([
            "create", "--database", try database.url(user: user.name), "--password-command", command,
        ]).run()
        #expect(result.code == 0, "\(result.stderr)")
        #expect(try String(contentsOfFile: folder.path + "/count", encoding: .utf8) == "x\n")
        let embedded = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        #expect(try embedded.pnbook("list", "--password-command", command).code == 0)
        #expect(try String(contentsOfFile: folder.path + "/count", encoding: .utf8) == "x\n")
    }
}
