import Database
import Harness
import TestSupport
import Testing

@testable import PnbookCLI

/// Bad input: a password in a URL, in whatever spelling and wherever it is given, is in no output.
@Suite("Bad input: secrets in URLs")
struct SecretsInURLTests {
    private static let urls = [
        "mariadb://ann:S3CR3T@127.0.0.1:1/shop", "mariadb://ann%3AS3CR3T@127.0.0.1:1/shop",
        "mariadb://ann%3aS3CR3T@127.0.0.1:1/shop?tls=disable", "mariadb://ann:S3CR3T/shop", "mariadb://:S3CR3T@h/shop",
        "mariadb://ann:S3C/S3CR3T@h/shop", "mariadb://ann:x?S3CR3T@h/shop", "mariadb://ann:x#S3CR3T@h/shop",
        "mariadb://ann:a@S3CR3T@h/shop", "mariadb://ann@S3CR3T@127.0.0.1:1/shop", "mysql://ann:S3CR3T@h/shop",
        "MariaDB://ann:S3CR3T@h/shop", "mariadb:ann:S3CR3T@h/shop", "mariadb:/ann:S3CR3T@h/shop",
        "mariadb:///ann:S3CR3T@h/shop", "mariadb:///ann%3AS3CR3T%40h/shop", "mariadb://ann:12/a?S3CR3T@h/shop",
        "mariadb://h/shop?password=S3CR3T", "mariadb://h/shop?user=ann&pwd=S3CR3T", "mariadb://h/shop?tls=S3CR3T",
        "mariadb://h/shop?S3CR3T", "mariadb://h/shop?S3CR3T=1", "mariadb://ann;S3CR3T@127.0.0.1:1/shop",
        "mariadb://ann:%53S3CR3T%zz@h/shop", "sqlite://ann:S3CR3T@h/shop", " mariadb://ann:S3CR3T@h/shop",
        "mariadb://[ann:S3CR3T@h]/shop", "mariadb://ann\u{FF1A}S3CR3T@127.0.0.1:1/shop",
        "mariadb://ann:\u{301}S3CR3T@127.0.0.1:1/shop", "mariadb://127.0.0.1:1/shop#ann:S3CR3T",
        "mariadb://127.0.0.1:1/shop?socket=ann:S3CR3T@h", "mariadb://h/shop#password=S3CR3T",
        "mariadb://[::1:S3CR3T]/shop", "sqlite:mariadb://ann:S3CR3T@h/shop", "ann:S3CR3T@h/shop",
        "mariadb//ann:S3CR3T@h/shop", "mariadb://ann:S3CR3T\u{301}@h/shop", "mariadb://ann:\u{600}S3CR3T@h/shop",
    ]

    @Test("It is refused and not repeated", arguments: urls)
    func refused(url: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("database = \(url)\n", to: "pnbook.conf")
        for verb in [["list"], ["config", "show"], ["doctor", "--json"], ["service"]] {
            for run in [
                RunProgram(verb + ["--database", url]), RunProgram(verb + ["--database=\(url)"]),
                RunProgram(verb + ["--config", file]), RunProgram(verb + [url]), RunProgram(verb + ["--databse", url]),
            ] {
                let result = try run.run()
                #expect(!repeatsSecret(result), "\(run.arguments): \(result.stderr)")
                #expect(result.code == 64 || result.code == 78 || verb[0] == "config", "\(run.arguments)")
            }
        }
    }

    @Test(
        "Nor is it repeated where it is the value of another setting, flag or line",
        arguments: [
            "mariadb://ann:S3CR3T@h/shop", "jdbc:mariadb://ann:S3CR3T@h/shop", "postgres://ann:S3CR3T@h/shop",
            "'mariadb://ann:S3CR3T@h/shop'", "ann:S3CR3T@tcp(h)/shop", "https://ann:S3CR3T@h/shop",
        ])
    func otherSettings(text: String) throws {
        let folder = try ScratchFolder()
        let database = "sqlite:" + folder.path + "/a.db"
        for key in [
            "timezone", "triggered-by", "metrics", "password-file", "defaults-file", "password-command", "ping-url",
        ] {
            let file = try folder.write("\(key) = \(text)\n", to: "\(key).conf")
            let variable = "PNBOOK_" + key.uppercased().replacing("-", with: "_")
            for verb in [["list"], ["create", "--dry-run"], ["config", "show"], ["doctor"], ["service"]] {
                let line = try RunProgram(verb + ["--config", file, "--database", database]).run()
                var run = RunProgram(verb + ["--database", database])
                run.environment = [variable: text]
                for result in [line, try run.run()] {
                    #expect(!repeatsSecret(result), "\(key) \(verb): \(result.stderr)")
                }
            }
        }
        for flag in ["--timezone", "--now", "--config", "--password-file", "--triggered-by", "--defaults-file"] {
            let result = try RunProgram(["list", flag, text, "--database", database]).run()
            #expect(result.code == 64 && !repeatsSecret(result), "\(flag): \(result.stderr)")
        }
        var named = RunProgram(["list"])
        named.environment = ["PNBOOK_CONFIG": text]
        let result = try named.run()
        #expect(result.code == 78 && !repeatsSecret(result))
    }

    @Test("Not even as the name of a book", arguments: urls)
    func book(url: String) throws {
        let database = try RawCatalogue.database(.sqlite)
        for verb in ["show", "activate", "export", "verify"] {
            let result = try database.pnbook([verb, url])
            #expect(result.code != 0 && !repeatsSecret(result), "\(verb): \(result.stdout)\(result.stderr)")
        }
    }

    /// Bytes are compared: an accent behind the last letter would make another character of it.
    private func repeatsSecret(_ result: ProgramResult) -> Bool {
        (result.stdout + result.stderr).utf8.contains("S3CR3T".utf8)
    }

    @Test("A part number may look like one", arguments: ["REV:A@2", "a:b@c/d"])
    func partnumber(text: String) throws {
        let database = try RawCatalogue.database(.sqlite)
        let result = try database.succeed("explain", text)
        #expect(result.stdout.contains("'\(text)'"))
    }

    @Test("A message that quotes arguments leaves out what may be a password and escapes the rest")
    func quoted() {
        let shown = { (arguments: [String], message: String) in QuotedArguments(arguments).shown(in: message) }
        #expect(shown(["list", "a:b@c"], "Unexpected argument 'a:b@c'") == "Unexpected argument '…'")
        #expect(shown(["--pasword=x y"], "Unknown option '--pasword'") == "Unknown option '--pasword'")
        #expect(shown(["-phunter2"], "Unknown option '-phunter2'") == "Unknown option '…'")
        #expect(
            shown(["a\r\nb"], "Unexpected argument 'a\r\nb'\nUsage") == "Unexpected argument 'a\\u{d}\\u{a}b'\nUsage")
        #expect(shown(["a\n\u{301}"], "'a\n\u{301}'") == "'a\\u{a}\u{301}'")
        #expect(shown(["list"], "Usage: pnbook list") == "Usage: pnbook list")
    }
}
