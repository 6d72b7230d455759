import Database
import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations

/// `--verbose`: what is done, and nothing of what is in it.
@Suite("--verbose")
struct VerboseTests {
    @Test(
        "It names settings, connections, statements and files on stderr; stdout is as without it",
        arguments: TestEngine.allCases)
    func lines(engine: TestEngine) throws {
        let database = try TestDatabase.loaded(engine, Catalogues.mappings("a,PN-HUSH,LOT-HUSH\n"))
        let arguments = ["create", "--json", "--now", "2026-11-20T03:00:00Z", "--metrics", database.folder + "/x.prom"]
        let result = try database.pnbook(arguments + ["--verbose", "--timezone", "Europe/Moscow"])
        #expect(result.code == 0)
        #expect(try JSON(parsing: result.stdout)["book"]?["items"] == 1)
        for words in [
            "setting timezone: from --timezone", "setting database: from --database", "read: connected to ",
            engine == .mariadb ? "read: MariaDB " : "read: SQLite 3.", "SELECT lot_partnumbers: 1 row in 0.",
            "write: INSERT qt_partnumber_book_items: 1 row in 0.", "write: COMMIT in 0.",
            "tasks: UPDATE pnbook_tasks: 1 row",
            "wrote the metrics to ",
        ] {
            #expect(result.stderr.contains(words), "\(words) in \(result.stderr)")
        }
        if engine == .mariadb { #expect(result.stderr.contains("time_zone=+00:00")) }
        for line in result.stderr.split(separator: "\n") where line.contains(" in 0.") {
            #expect(line.wholeMatch(of: /pnbook: \d+\.\d{3} s  .*/) != nil, "\(line)")
        }
        for secret in ["PN-HUSH", "LOT-HUSH", "WHERE", "VALUES", "= ?", ", ?"] {
            #expect(!result.stderr.contains(secret), "\(secret) in \(result.stderr)")
        }
    }

    @Test("--quiet hides results, and what was asked for is said nevertheless; without --verbose nothing is")
    func quiet() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 1))
        let verbose = try database.pnbook("list", "--quiet", "-v")
        #expect(verbose.stdout == "" && verbose.stderr.contains("SELECT qt_partnumber_books: 1 row"))
        #expect(try database.pnbook("list").stderr == "")
    }

    @Test("Passwords and secret addresses are in no line")
    func secrets() throws {
        let folder = try ScratchFolder()
        let file = try folder.write("hush-hush\n", to: "password")
        chmod(file, 0o600)
        var program = RunProgram([
            "create", "--verbose", "--database", "mariadb://ann@127.0.0.1:1/schema?tls=disable", "--password-file",
            file,
        ])
        program.environment = ["PNBOOK_PING_URL": "http://127.0.0.1:1/hush-token"]
        let result = try program.run()
        #expect(result.code == 69)
        #expect(result.stderr.contains("setting password-file: from --password-file"))
        #expect(result.stderr.contains("setting ping-url: from PNBOOK_PING_URL"))
        #expect(!(result.stdout + result.stderr).contains("hush"))
    }

    @Test("A statement's name is its verb and its table, whatever else it holds")
    func names() {
        for (text, name) in [
            ("SELECT a, b FROM qt_partnumber_books WHERE version = 'PNBOOK'", "SELECT qt_partnumber_books"),
            ("INSERT INTO `t` (`a`) VALUES ('x')", "INSERT t"), ("UPDATE t SET a = 'x FROM y'", "UPDATE t"),
            ("DELETE FROM t WHERE a = 1", "DELETE t"), ("CREATE TABLE IF NOT EXISTS `t` (a INT)", "CREATE t"),
            ("SELECT 'secret'", "SELECT"), ("SET SESSION x = 'secret'", "SET"), ("", "statement"),
            ("'secret'", "statement"), ("SELECT 1 FROM 'secret'", "SELECT"), ("ALTER TABLE t ADD x INT", "ALTER t"),
            ("select a from b", "SELECT b"),
        ] {
            #expect(StatementName.name(of: SQL(raw: text)) == name, "\(text)")
        }
    }
}
