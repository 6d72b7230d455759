import Foundation
import Harness
import TestSupport
import Testing

/// Bad input: there is no database, or it does not let us in.
@Suite("Bad input: no database there")
struct UnreachableDatabaseTests {
    /// Every verb that works on a database that must exist.
    static let verbs: [[String]] = [
        ["create"], ["create", "--migrate"], ["create", "--dry-run"], ["list"], ["show", "active"], ["prune"],
        ["prune", "--dry-run"], ["migrate", "plan"], ["migrate", "up"], ["migrate", "status"], ["task", "list"],
        ["task", "show", "1"],
    ]

    @Test("A SQLite file that is not there exits 69, names the path and is not made", arguments: verbs)
    func missingFile(verb: [String]) throws {
        let folder = try ScratchFolder()
        let result = try RunProgram(verb + ["--database", "sqlite:\(folder.path)/shop.db"]).run()
        result.expectRefusal(
            69, saying: "sqlite:\(folder.path)/shop.db", "there is no such file", "Check the path", "pnbook load DIR")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("Without --database the file is pnbook.db in the working directory")
    func defaultDatabase() throws {
        let folder = try ScratchFolder()
        var program = RunProgram(["create"])
        program.folder = folder.path
        try program.run().expectRefusal(69, saying: "sqlite:pnbook.db", "there is no such file")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test(
        "A SQLite file in a folder that is not there exits 69 and makes no folder",
        arguments: verbs + [["load", Catalogues.servers]])
    func missingFolder(verb: [String]) throws {
        let folder = try ScratchFolder()
        let url = "sqlite:\(folder.path)/nowhere/shop.db"
        try RunProgram(verb + ["--database", url]).run().expectRefusal(69, saying: url, "Check the path")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test(
        "A folder in the place of a SQLite file exits 69",
        arguments: [["create"], ["list"], ["load", Catalogues.servers]])
    func folderForFile(verb: [String]) throws {
        let folder = try ScratchFolder()
        try RunProgram(verb + ["--database", "sqlite:\(folder.path)"]).run()
            .expectRefusal(69, saying: "sqlite:\(folder.path)", "Check the path")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("A file that is no SQLite database exits 13 and keeps its bytes", arguments: verbs)
    func otherFile(verb: [String]) throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "This is a letter and no database.\n", count: 100)
        let path = try folder.write(text, to: "letter.txt")
        try RunProgram(verb + ["--database", "sqlite:" + path]).run()
            .expectRefusal(13, saying: path, "is not a SQLite database", "check the path")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["letter.txt"])
    }

    @Test(
        "A MariaDB socket that is not there exits 69 and names it", arguments: verbs + [["load", Catalogues.servers]])
    func missingSocket(verb: [String]) throws {
        let folder = try ScratchFolder()
        let url = "mariadb://root@localhost/shop?socket=\(folder.path)/none.sock"
        try RunProgram(verb + ["--database", url]).run()
            .expectRefusal(69, saying: url, "\(folder.path)/none.sock", "Check host, port or socket", "running")
    }

    @Test("A port that nobody listens on exits 69 and names host and port")
    func closedPort() throws {
        // Nobody serves port 1 (tcpmux), and the loopback answers at once.
        try RunProgram(["create", "--database", "mariadb://root@127.0.0.1:1/shop"]).run()
            .expectRefusal(69, saying: "mariadb://root@127.0.0.1:1/shop", "Check host, port or socket")
    }

    @Test("A MariaDB schema that is not there exits 69, and the way out is named", arguments: verbs)
    func missingSchema(verb: [String]) throws {
        let socket = try TestDatabase.socket()
        let url = "mariadb://root@localhost/no_such_shop?socket=\(socket)"
        try RunProgram(verb + ["--database", url]).run()
            .expectRefusal(69, saying: url, "Unknown database 'no_such_shop'", "CREATE DATABASE")
    }

    @Test("A wrong password exits 77, names the user and never the password")
    func wrongPassword() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 1))
        let user = try LimitedUser(on: database, rights: ["ALL PRIVILEGES"])
        let folder = try ScratchFolder()
        let file = try folder.write("not-the-password\n", to: "password")
        for verb in Self.verbs {
            let result = try RunProgram(
                verb + ["--database", try database.url(user: user.name), "--password-file", file]
            ).run()
            result.expectRefusal(77, saying: user.name, database.schema, "Access denied", "--password-file")
            #expect(!result.stderr.contains("not-the-password"))
        }
    }

    @Test("An unknown user exits 77 and is named")
    func unknownUser() throws {
        let database = try TestDatabase(.mariadb)
        let folder = try ScratchFolder()
        let file = try folder.write("whatever\n", to: "password")
        try RunProgram(["create", "--database", try database.url(user: "nobody_here"), "--password-file", file]).run()
            .expectRefusal(77, saying: "nobody_here", "Access denied", "Check the user in the URL")
    }

    @Test("A password of quotes, blanks and backslashes opens the database, from a file and from an option file")
    func oddPassword() throws {
        let database = try TestDatabase.withBook(.mariadb, Catalogues.plain(parts: 1))
        let user = try LimitedUser(on: database, rights: ["SELECT"])
        #expect(try user.pnbook("list").stdout.contains("PNBOOK-2026-11-20-001"))
        let folder = try ScratchFolder()
        let quoted = user.password.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let file = try folder.write("[pnbook]\npassword=\"\(quoted)\"\n", to: "pnbook.cnf")
        let result = try RunProgram(
            ["list", "--database", try database.url(user: user.name), "--defaults-file", file]
        ).run()
        #expect(result.stdout.contains("PNBOOK-2026-11-20-001"), "\(result.stderr)")
    }
}
