import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: flags and variables that are set to nothing, as `${UNSET}` makes them in a unit or a compose file.
@Suite("Bad input: nothing where a value belongs")
struct EmptyValuesTests {
    private static let variables = [
        "PNBOOK_CONFIG", "PNBOOK_DATABASE", "PNBOOK_DEFAULTS_FILE", "PNBOOK_METRICS", "PNBOOK_PASSWORD_COMMAND",
        "PNBOOK_PASSWORD_FILE", "PNBOOK_PING_URL", "PNBOOK_TIMEZONE", "PNBOOK_TRIGGERED_BY", "CREDENTIALS_DIRECTORY",
        "HOME", "TMPDIR",
    ]

    @Test("A variable set to nothing, or to blanks, exits 78 by its name", arguments: variables, ["", "  "])
    func variable(name: String, value: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        for verb in [["list"], ["create"], ["config", "show"], ["simulate", "--years", "1"]] {
            var program = RunProgram(verb)
            program.environment = ["PNBOOK_DATABASE": try database.url].merging([name: value]) { $1 }
            let result = try program.run()
            #expect(result.code == 78, "\(verb): \(result.stderr)")
            #expect(result.stderr.contains(name), "\(verb): \(result.stderr)")
        }
    }

    @Test("XDG_CONFIG_HOME set to nothing counts as unset, as its standard says")
    func xdg() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let result = try database.pnbook(["list"], environment: ["XDG_CONFIG_HOME": "", "HOME": database.folder])
        #expect(result.code == 0, "\(result.stderr)")
    }

    @Test(
        "A flag that is given nothing exits 64 by its name",
        arguments: [
            ["list", "--config", ""], ["list", "--database="], ["list", "--password-file", " "],
            ["list", "--password-command", ""], ["list", "--defaults-file", ""], ["create", "--timezone", ""],
            ["create", "--triggered-by", ""], ["create", "--metrics", ""], ["export", "active", "--to="],
            ["service", "--user", ""], ["service", "--to", ""], ["service", "--program", ""],
            ["simulate", "--books", ""], ["verify", "--reader-database", ""],
            ["verify", "--reader-password-file", ""],
        ])
    func flag(arguments: [String]) throws {
        let folder = try ScratchFolder()
        let flag = try #require(arguments.first { $0.hasPrefix("--") }?.split(separator: "=").first)
        var program = RunProgram(arguments)
        program.folder = folder.path
        let result = try program.run()
        result.expectRefusal(64, saying: String(flag))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
}
