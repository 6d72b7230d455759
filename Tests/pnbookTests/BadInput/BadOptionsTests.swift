import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: flags and environment variables that make no sense. Nothing is opened, nothing is made.
@Suite("Bad input: options")
struct BadOptionsTests {
    /// Runs in an empty folder, which must stay empty.
    private static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> ProgramResult {
        let folder = try ScratchFolder()
        var program = RunProgram(arguments)
        program.environment = environment
        program.folder = folder.path
        let result = try program.run()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        return result
    }

    @Test(
        "A bad time zone exits 64 as a flag and 78 as a variable", arguments: ["Mars/Olympus", "", "UTC+3", "../UTC"])
    func timeZone(name: String) throws {
        try Self.run(["create", "--timezone", name])
            .expectRefusal(64, saying: "--timezone", "'\(name)' is not an IANA time zone", "Europe/Berlin")
        try Self.run(["create"], environment: ["PNBOOK_TIMEZONE": name])
            .expectRefusal(78, saying: "PNBOOK_TIMEZONE", "'\(name)' is not an IANA time zone", "Europe/Berlin")
    }

    @Test(
        "A bad database URL exits 64 as a flag and 78 as a variable",
        arguments: [
            ("", "begins with neither sqlite: nor mariadb://"), ("books.db", "begins with neither"),
            ("mysql://db/shop", "begins with neither"), ("MariaDB://db/shop", "begins with neither"),
            ("sqlite:", "names no file"), ("mariadb://", "names no schema"), ("mariadb://ann@db", "names no schema"),
            ("mariadb://ann@db/", "names no schema"), ("mariadb://db:99999/shop", "port"),
            ("mariadb://db:0/shop", "port"), ("mariadb://db:/shop", "port"), ("mariadb://[::1]:x/shop", "port"),
            ("mariadb://ann%zz@db/shop", "broken %-escape"), ("mariadb://db/shop%", "broken %-escape"),
            ("mariadb://db/shop?tls=maybe", "disable, require, verify-ca, verify-full"),
            ("mariadb://db/shop?tls=verify-ca", "names no CA"),
            ("mariadb://db/shop?sockt=/x", "parameter number 1 is unknown"),
        ])
    func databaseURL(url: String, problem: String) throws {
        try Self.run(["list", "--database", url]).expectRefusal(64, saying: "--database", problem)
        try Self.run(["list"], environment: ["PNBOOK_DATABASE": url])
            .expectRefusal(78, saying: "PNBOOK_DATABASE", problem)
    }

    @Test("The message on a password in the URL says what to do instead")
    func passwordAdvice() throws {
        try Self.run(["list", "--database", "mariadb://ann:s3cr3t@db/shop"])
            .expectRefusal(64, saying: "holds a password", "--password-file", "--defaults-file")
    }

    @Test(
        "--now that is no instant exits 64",
        arguments: [
            "yesterday", "", "2026-11-20", "2026-11-20T03:00:00", "2026-02-30T03:00:00Z", "2026-11-20T25:00:00Z",
            "1969-12-31T23:59:59Z", "9999-12-31T00:00:00Z", "1763604000",
        ])
    func now(text: String) throws {
        try Self.run(["create", "--now", text])
            .expectRefusal(64, saying: "--now '\(text)' is not an instant", "2026-11-20T03:00:00Z")
    }

    @Test(
        "A bad --triggered-by exits 64, and a bad PNBOOK_TRIGGERED_BY 78",
        arguments: [
            "", "ann", "manual:", "api:", "cron", "manual:a\u{7}b", "manual:" + String(repeating: "a", count: 94),
        ])
    func triggeredBy(text: String) throws {
        try Self.run(["create", "--triggered-by", text])
            .expectRefusal(64, saying: "--triggered-by", "manual:<user>, scheduled or api:<client>")
        try Self.run(["create"], environment: ["PNBOOK_TRIGGERED_BY": text])
            .expectRefusal(78, saying: "PNBOOK_TRIGGERED_BY", "manual:<user>, scheduled or api:<client>")
    }

    @Test("A bad --created-by exits 64", arguments: ["", String(repeating: "Ж", count: 101)])
    func createdBy(text: String) throws {
        try Self.run(["create", "--created-by", text]).expectRefusal(64, saying: "--created-by", "1 to 100 characters")
    }

    @Test("A bad --limit exits 64", arguments: ["0", "-1", "many", ""])
    func limit(text: String) throws {
        try Self.run(["task", "list", "--limit=" + text]).expectRefusal(64, saying: "--limit")
    }

    @Test(
        "Unknown verbs, flags and arguments too many or too few exit 64 with the usage",
        arguments: [
            (["creat"], "Unexpected argument 'creat'"), (["create", "--frobnicate"], "Unknown option '--frobnicate'"),
            (["create", "now"], "Unexpected argument 'now'"), (["migrate", "sideways"], "'sideways'"),
            (["task", "kill"], "'kill'"), (["show"], "Missing expected argument '<book>'"),
            (["task", "show", "a", "b"], "Unexpected argument 'b'"), (["load"], "Missing expected argument '<dir>'"),
            (["show", "1", "2"], "Unexpected argument '2'"), (["list", "--database"], "Missing value for '--database"),
            (["prune", "--approve"], "Missing value for '--approve"), (["create", "--json=yes"], "--json"),
        ])
    func usage(arguments: [String], problem: String) throws {
        let result = try Self.run(arguments)
        result.expectRefusal(64, saying: "Error: ", problem, "Usage: pnbook", "--help")
        #expect(result.stdout == "")
    }

    @Test(
        "A password file that others may read exits 78 and says chmod 600",
        arguments: [0o640, 0o604, 0o644, 0o660, 0o601])
    func readablePasswordFile(mode: Int) throws {
        let folder = try ScratchFolder()
        let file = try folder.write("s3cr3t\n", to: "password", mode: mode)
        for environment in [[:], ["PNBOOK_PASSWORD_FILE": file]] {
            let flags = environment.isEmpty ? ["--password-file", file] : []
            let result = try Self.run(["list"] + flags, environment: environment)
            result.expectRefusal(78, saying: file, "others may read it", "chmod 600 \(file)")
            #expect(!result.stderr.contains("s3cr3t"))
        }
        try Self.run(["list", "--defaults-file", file]).expectRefusal(78, saying: file, "chmod 600 \(file)")
    }

    @Test("An empty, a missing and a binary password file exit 78", arguments: ["", "\n", "\r\n", "\nsecond line\n"])
    func uselessPasswordFile(text: String) throws {
        let folder = try ScratchFolder()
        let file = try folder.write(text, to: "password")
        try Self.run(["list", "--password-file", file]).expectRefusal(78, saying: "the password file \(file) is empty")
        let none = folder.path + "/none"
        try Self.run(["list", "--password-file", none]).expectRefusal(78, saying: none, "No such file")
        try Self.run(["list", "--defaults-file", none]).expectRefusal(78, saying: none, "No such file")
        try Self.run(["list", "--password-file", folder.path]).expectRefusal(78, saying: folder.path)
        let binary = try folder.write(Data([0xFF, 0xFE, 0x00]), to: "binary")
        try Self.run(["list", "--password-file", binary]).expectRefusal(78, saying: binary, "cannot be read as text")
    }
}
