import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations

/// Where settings come from: flags, environment, one file, defaults; and what is wrong with a file.
@Suite("Configuration")
struct ConfigurationTests {
    /// A run in an empty folder that is its home as well.
    private struct Desk {
        let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ProgramResult {
            var program = RunProgram(arguments)
            program.environment = ["HOME": folder.path].merging(environment) { $1 }
            program.folder = folder.path
            return try program.run()
        }

        /// What `config show` says of one setting: its value, and from where.
        func setting(_ name: String, _ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> JSON?
        {
            let document = try run(["config", "show", "--json"] + arguments, environment).json
            return document["settings"]?.elements?.first { $0["setting"] == .string(name) }
        }

        @discardableResult
        func write(_ text: String, to name: String = "pnbook.conf", mode: Int = 0o600) throws -> String {
            let path = folder.path + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            return try folder.write(text, to: name, mode: mode)
        }
    }

    @Test("A flag beats the environment, which beats the file, which beats the default; each names its origin")
    func precedence() throws {
        let desk = try Desk()
        let file = try desk.write("# ours\n\n timezone =  Europe/Paris \n")
        let none = try desk.setting("timezone")
        #expect(none?["value"] == "UTC" && none?["from"] == "default")
        let config = ["--config", file]
        let inFile = try desk.setting("timezone", config)
        #expect(inFile?["value"] == "Europe/Paris" && inFile?["from"] == .string(file + ":3"))
        let variable = ["PNBOOK_TIMEZONE": "Europe/Berlin"]
        let inEnvironment = try desk.setting("timezone", config, variable)
        #expect(inEnvironment?["value"] == "Europe/Berlin" && inEnvironment?["from"] == "PNBOOK_TIMEZONE")
        let flag = try desk.setting("timezone", config + ["--timezone", "Asia/Tokyo"], variable)
        #expect(flag?["value"] == "Asia/Tokyo" && flag?["from"] == "--timezone")
    }

    @Test("The file is the one that is named, else the user's; XDG_CONFIG_HOME counts")
    func places() throws {
        let desk = try Desk()
        try desk.write("timezone = Europe/Paris", to: ".config/pnbook/pnbook.conf")
        #expect(try desk.setting("timezone")?["value"] == "Europe/Paris")
        try desk.write("timezone = Europe/Rome", to: "xdg/pnbook/pnbook.conf")
        let xdg = ["XDG_CONFIG_HOME": desk.folder.path + "/xdg"]
        #expect(try desk.setting("timezone", [], xdg)?["value"] == "Europe/Rome")
        let named = try desk.write("timezone = Europe/Oslo", to: "named.conf")
        let variable = xdg.merging(["PNBOOK_CONFIG": named]) { $1 }
        #expect(try desk.setting("timezone", [], variable)?["value"] == "Europe/Oslo")
        let other = try desk.write("timezone = Europe/Kyiv", to: "other.conf")
        #expect(try desk.setting("timezone", ["--config", other], variable)?["value"] == "Europe/Kyiv")
        // Only one file is read: the others add nothing.
        try desk.write("database = sqlite:elsewhere.db", to: "empty.conf")
        #expect(try desk.setting("timezone", ["--config", desk.folder.path + "/empty.conf"])?["value"] == "UTC")
    }

    @Test("The system's place is the last, and one that cannot be looked at is no default")
    func systemPlace() throws {
        let desk = try Desk()
        let system = try desk.write("timezone = Europe/Madrid", to: "system.conf")
        let home = ["HOME": desk.folder.path]
        let find = { try ConfigurationFile.inForce(named: nil, environment: home, systemPath: system) }
        #expect(try find()?.path == system)
        try desk.write("timezone = Europe/Paris", to: ".config/pnbook/pnbook.conf")
        #expect(try find()?.path == desk.folder.path + "/.config/pnbook/pnbook.conf")
        #expect(try ConfigurationFile.inForce(named: nil, environment: [:], systemPath: "/nowhere/x.conf")?.path == nil)
        let loop = desk.folder.path + "/loop"
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.inForce(named: nil, environment: [:], systemPath: loop)
        }
    }

    @Test("A run takes its database from the file", arguments: TestEngine.allCases)
    func database(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let desk = try Desk()
        let file = try desk.write("database = \(try database.url)\ntriggered-by = api:desk\n")
        let result = try desk.run(["create", "--config", file, "--now", "2026-11-21T03:00:00Z", "--json"])
        #expect(result.code == 0, "\(result.stderr)")
        #expect(try result.json["book"]?["created_by"] == "api:desk")
        #expect(try database.books().count == 2)
    }

    @Test(
        "What a file should not say exits 78 and names the line",
        arguments: [
            ("databse = sqlite:x", "1: 'databse' is unknown; the names are database, password-file"),
            ("\n# x\ntimezone\n", "3: this is not 'name = value'"), ("timezone =", "1: timezone has no value"),
            ("timezone = UTC\ntimezone = UTC", "2: timezone is set in line 1 already"),
            ("timezone = \"UTC\"", "1: values are written without quotes"),
            ("password = s3cr3t", "1: a password is never written here; use password-file"),
            ("timezone = Mars/Olympus", "1: 'Mars/Olympus' is not an IANA time zone"),
            ("database = mariadb://ann:s3cr3t@db/shop", "1: the database URL holds a password"),
            ("ping-url = ftp://s3cr3t", "1: this is not a web address"),
            ("ping-url = https://x/\"s3cr3t", "1: this is not a web address"),
            ("ping-url = https://x/y?s3cr3t", "1: this is not a web address"),
            // With a mark behind it the sign is another Character, and the value would count as the name.
            ("databse =\u{301}s3cr3t = x", "1: 'databse' is unknown"),
            ("#\u{301} s3cr3t\ntimezone =", "2: timezone has no value"),
        ])
    func badLines(text: String, problem: String) throws {
        let desk = try Desk()
        let file = try desk.write(text)
        for verb in [["list"], ["create"]] {
            let result = try desk.run(verb + ["--config", file])
            result.expectRefusal(78, saying: file, problem)
            #expect(!result.stderr.contains("s3cr3t"))
        }
    }

    @Test("Windows' line ends and a byte order mark do no harm")
    func foreignText() throws {
        let desk = try Desk()
        let file = try desk.write("\u{FEFF}timezone = Europe/Paris\r\n\r\n# x\r\ndatabase = sqlite:a.db\r\n")
        #expect(try desk.setting("timezone", ["--config", file])?["value"] == "Europe/Paris")
        #expect(try desk.setting("database", ["--config", file])?["from"] == .string(file + ":4"))
    }

    @Test("A file that is missing, a folder, no text, or that others may write exits 78")
    func uselessFiles() throws {
        let desk = try Desk()
        try desk.run(["list", "--config", "none.conf"]).expectRefusal(78, saying: "none.conf", "No such file")
        try desk.run(["list", "--config", desk.folder.path]).expectRefusal(78, saying: "it is a folder")
        #expect(try desk.setting("timezone", ["--config", "/dev/null"])?["from"] == "default")
        let binary = try desk.folder.write(Data([0xFF, 0xFE, 0x00]), to: "binary")
        try desk.run(["list", "--config", binary]).expectRefusal(78, saying: binary, "is not UTF-8 text")
        let open = try desk.write("timezone = UTC", to: "open.conf", mode: 0o666)
        try desk.run(["list", "--config", open]).expectRefusal(78, saying: "chmod go-w \(open)")
        let group = try desk.write("timezone = UTC", to: "group.conf", mode: 0o664)
        #expect(try desk.setting("timezone", ["--config", group])?["value"] == "UTC")
        // If it names a command, anyone who may write it can run anything as our user.
        let command = try desk.write("password-command = true", to: "command.conf", mode: 0o664)
        try desk.run(["list", "--config", command]).expectRefusal(78, saying: "chmod go-w \(command)")
    }

    @Test("config show masks what is secret, and names variables that mean nothing")
    func masks() throws {
        let desk = try Desk()
        let file = try desk.write(
            "ping-url = https://hc.example/s3cr3t-uuid\npassword-command = printf\ts3cr3t\ndatabase = sqlite:x.db\n")
        for form in [[], ["--json"]] {
            let result = try desk.run(["config", "show", "--config", file] + form, ["PNBOOK_DATABSE": "sqlite:y.db"])
            #expect(result.code == 0)
            #expect(!(result.stdout + result.stderr).contains("s3cr3t"))
            #expect(result.stdout.contains("https://hc.example/…") && result.stdout.contains("printf …"))
            #expect(result.stderr.contains("PNBOOK_DATABSE is set and is not a setting of pnbook"))
        }
        let table = try desk.run(["config", "show"]).stdout
        #expect(table.contains("There is no configuration file."))
        #expect(table.contains("database          sqlite:pnbook.db"))
    }

    @Test("config show prints the table also where a value makes no sense, and exits 78")
    func showsNonsense() throws {
        let desk = try Desk()
        let result = try desk.run(["config", "show"], ["PNBOOK_DATABASE": "mysql://ann:s3cr3t@db/shop"])
        #expect(result.code == 78)
        #expect(result.stdout.contains("PNBOOK_DATABASE"))
        #expect(result.stderr.contains("begins with neither"))
        for (name, text) in [("TIMEZONE", "Mars/Olympus"), ("PING_URL", "nowhere"), ("METRICS", "")] {
            let other = try desk.run(["config", "show"], ["PNBOOK_" + name: text])
            #expect(other.code == 78 && other.stdout.contains("PNBOOK_" + name), "\(other.stdout)")
        }
        #expect(!(result.stdout + result.stderr).contains("s3cr3t"))
    }

    @Test("A verb without a database asks nothing of what says which")
    func simulateNeedsNone() throws {
        let desk = try Desk()
        let result = try desk.run(
            ["simulate", "--years", "1"], ["PNBOOK_DATABASE": "nonsense", "PNBOOK_PASSWORD_FILE": "/nowhere"])
        #expect(result.code == 0, "\(result.stderr)")
    }
}
