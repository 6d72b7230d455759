import Database
import Foundation
import Harness
import TestSupport
import Testing

/// The GRANTs that `doctor` and errors name are for the account that the server knows, whatever that is, and can be given as
/// they are printed.
@Suite("GRANTs for accounts as they are", .serialized)
struct GrantTests {
    /// How a user comes to an account.
    struct Account: Sendable, CustomTestStringConvertible {
        /// As a URL has it.
        let user: String
        /// Whether it is a name that no URL takes.
        var isInOptionFile = false
        /// What makes the account; the right on `doormat` lets it into the schema.
        let creation: [String]
        /// Whom the GRANTs are to name.
        let grantee: String

        var testDescription: String { grantee }
    }

    private static let accounts = [
        Account(user: "night", creation: ["CREATE USER night@'%'"], grantee: "'night'@'%'"),
        Account(
            user: "roly",
            creation: [
                "CREATE USER roly@'%'", "CREATE ROLE books", "GRANT books TO roly@'%'",
                "SET DEFAULT ROLE books FOR roly@'%'",
            ], grantee: "'books'"),
        Account(user: "nobody", creation: ["CREATE USER ''@'localhost'"], grantee: "''@'localhost'"),
        Account(
            user: "o'br\\ien Ж", isInOptionFile: true, creation: ["CREATE USER `o'br\\ien Ж`@'%'"],
            grantee: "`o'br\\ien Ж`@'%'"),
    ]

    /// What there is before the rights are given.
    enum State: String, CaseIterable {
        case empty
        case loaded
        case migrated
    }

    private static let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path

    /// A server without the accounts that it is installed with but for root's.
    static func server(_ options: [String] = []) throws -> PrivateServer {
        let server = try PrivateServer(options)
        try server.sql("DELETE FROM mysql.global_priv WHERE user = ''; FLUSH PRIVILEGES")
        return server
    }

    /// Lets the account into a schema of its own in a state.
    private static func prepare(_ server: PrivateServer, _ account: Account, _ schema: String, _ state: State) throws {
        let name = "`\(schema)`"
        try server.sql("CREATE DATABASE \(name); CREATE TABLE \(name).doormat (id INT)")
        let root = server.url(schema)
        if state != .empty {
            #expect(try Program.run(["load", fixtures, "--database", root, "--quiet"]).code == 0)
        }
        if state == .migrated {
            #expect(try Program.run(["create", "--migrate", "--database", root, "--quiet"]).code == 0)
        }
        for statement in account.creation { try server.sql(statement) }
        try server.sql("GRANT SELECT ON \(name).doormat TO \(account.grantee)")
    }

    /// The flags that lead to a schema as the account.
    private static func flags(_ server: PrivateServer, _ account: Account, _ schema: String) throws -> [String] {
        guard account.isInOptionFile else { return ["--database", server.url(schema, user: account.user)] }
        // Beside the server's socket, as long as the server is there.
        let file = server.socket + ".\(schema).cnf"
        let name = account.user.replacing("\\", with: "\\\\")
        try "[pnbook]\nuser = \"\(name)\"\n".write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return ["--database", server.location(schema, user: nil).description, "--defaults-file", file]
    }

    /// The same for a database by its URL.
    static func broken(_ url: String, _ flags: [String] = []) throws -> [(topic: String, remedy: String)] {
        try broken(["--database", url] + flags)
    }

    /// The findings of `doctor` that are broken.
    static func broken(_ flags: [String]) throws -> [(topic: String, remedy: String)] {
        let document = try Program.run(["doctor", "--json"] + flags).json
        return try #require(document["findings"]?.elements).filter { $0["level"] == "broken" }
            .map { (try #require($0["topic"]?.string), $0["fix"]?.string ?? "") }
    }

    @Test(
        "doctor's statements, given once and as they are, leave no right missing", arguments: accounts, State.allCases)
    func oneRound(account: Account, state: State) throws {
        let server = try Self.server()
        // In a GRANT on a schema, two of these stand for other characters.
        let schema = "price_for%ge"
        try Self.prepare(server, account, schema, state)
        let flags = try Self.flags(server, account, schema)
        let first = try Self.broken(flags)
        let rights = try #require(first.first { $0.topic == "rights" })
        #expect(first.count == 1, "\(first)")
        for statement in rights.remedy.split(separator: "\n") {
            #expect(statement.hasPrefix("GRANT ") && statement.hasSuffix(" TO \(account.grantee);"), "\(statement)")
            try server.sql(String(statement))
        }
        let second = try Self.broken(flags)
        #expect(!second.contains { $0.topic == "rights" }, "\(second)")
        guard state != .empty else { return }
        let created = try Program.run(["create", "--migrate", "--quiet"] + flags)
        #expect(created.code == 0, "\(created.stderr)")
    }

    @Test("An error in the middle names the account by its own host, and the GRANT cures it", arguments: accounts)
    func errors(account: Account) throws {
        let server = try Self.server()
        try Self.prepare(server, account, "shop", .migrated)
        let flags = try Self.flags(server, account, "shop")
        var given: [String] = []
        while given.count < 20 {
            let result = try Program.run(["list"] + flags)
            if result.code == 0 { break }
            #expect(result.code == 77)
            let grant = String(try #require(result.stderr.firstMatch(of: /GRANT [^;]*/)?.output, "\(result.stderr)"))
            #expect(grant.hasSuffix(" TO \(account.grantee)"), "\(grant)")
            try #require(!given.contains(grant))
            given.append(grant)
            try server.sql(grant)
        }
        #expect(
            given
                == ["qt_partnumber_books", "pnbook_book_ledger"].map {
                    "GRANT SELECT ON `shop`.`\($0)` TO \(account.grantee)"
                })
    }

    @Test("Whoever is not let into the schema is told the GRANT for the account by its own host")
    func schema() throws {
        let server = try Self.server()
        try server.sql("CREATE DATABASE `pri\\ce_`; CREATE USER night@'%'")
        let url = server.url("pri\\ce_", user: "night")
        let result = try Program.run(["list", "--database", url])
        #expect(result.code == 77)
        let grant = String(try #require(result.stderr.firstMatch(of: /GRANT [^;]*/)?.output, "\(result.stderr)"))
        #expect(grant.hasSuffix(" ON `pri\\\\ce\\_`.* TO 'night'@'%'"), "\(grant)")
        try server.sql(grant)
        #expect(try Program.run(["list", "--database", url]).code == 13)
    }

    @Test("SELECT alone on an empty schema is not all that 'create' needs")
    func selectAlone() throws {
        let server = try Self.server()
        try server.sql("CREATE DATABASE shop; CREATE USER night@'%'; GRANT SELECT ON shop.* TO night@'%'")
        let rights = try #require(try Self.broken(server.url("shop", user: "night")).first { $0.topic == "rights" })
        #expect(
            rights.remedy
                == "GRANT INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, REFERENCES ON `shop`.* TO 'night'@'%';")
    }

    @Test("Rights on the books alone: each table that lacks one is named, and hidden ones as well")
    func someTables() throws {
        let server = try Self.server()
        let account = Self.accounts[0]
        try Self.prepare(server, account, "shop", .migrated)
        try server.sql("GRANT SELECT, INSERT ON shop.qt_partnumber_books TO night@'%'")
        let url = server.url("shop", user: "night")
        let broken = try Self.broken(url)
        #expect(broken.count == 1)
        let statements = (broken.first?.remedy ?? "").split(separator: "\n").map(String.init)
        #expect(statements.count == 10)
        #expect(statements.contains("GRANT UPDATE, DELETE ON `shop`.`qt_partnumber_books` TO 'night'@'%';"))
        #expect(statements.contains("GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`.`pnbook_tasks` TO 'night'@'%';"))
        for statement in statements { try server.sql(statement) }
        #expect(try Self.broken(url).isEmpty)
        #expect(try Program.run(["create", "--quiet", "--database", url]).code == 0)
    }

    @Test("Statements that are not prepared name the account by its own host as well")
    func plainStatements() throws {
        let server = try Self.server()
        try Self.prepare(server, Self.accounts[0], "shop", .loaded)
        try server.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO night@'%'")
        let result = try Program.run(["migrate", "up", "--database", server.url("shop", user: "night")])
        #expect(result.code == 77)
        let grant = String(try #require(result.stderr.firstMatch(of: /GRANT [^;]*/)?.output, "\(result.stderr)"))
        #expect(grant.hasPrefix("GRANT ") && grant.hasSuffix(" TO 'night'@'%'"), "\(grant)")
        try server.sql(grant)
    }

    @Test("The administrator's page has all rights of a nightly run, a migration and a reader, over socket and TCP")
    func administration() throws {
        let port = try LocalSocket.freePort()
        let server = try Self.server(["--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1"])
        try server.sql("CREATE DATABASE priceforge")
        #expect(try Program.run(["load", Self.fixtures, "--quiet", "--database", server.url("priceforge")]).code == 0)
        let page = Program.repository.appendingPathComponent(
            "Sources/PnbookCLI/PnbookCLI.docc/Administration.md")
        let section = try #require(
            try String(contentsOf: page, encoding: .utf8).split(separator: "\n## Accounts and rights\n").last?
                .split(separator: "\n## ").first)
        let blocks = section.split(separator: "```sql\n").dropFirst().map { part in
            String(part.split(separator: "\n```").first ?? "").replacing("'...'", with: "'s3cr3t'")
        }
        try #require(blocks.count == 2)
        let scratch = try ScratchFolder()
        let passwordFile = try scratch.write("s3cr3t\n", to: "password")
        let secret = ["--password-file", passwordFile]
        try server.sql(blocks[0])
        let admin = try Program.run(
            ["migrate", "up", "--database", server.url("priceforge", user: "pnbook_admin")] + secret)
        #expect(admin.code == 0, "\(admin.stderr)")
        try server.sql(blocks[1])
        let tcp = { (user: String) in "mariadb://\(user)@127.0.0.1:\(port)/priceforge?tls=disable" }
        for url in [server.url("priceforge", user: "pnbook"), tcp("pnbook")] {
            let broken = try Self.broken(url, secret)
            #expect(broken.isEmpty, "\(broken)")
            let created = try Program.run(["create", "--quiet", "--database", url] + secret)
            #expect(created.code == 0, "\(created.stderr)")
        }
        let verified = try Program.run(
            ["verify", "--database", tcp("pnbook"), "--reader-database", tcp("quoteforge")] + secret
                + ["--reader-password-file", passwordFile])
        #expect(verified.code == 0, "\(verified.stderr)")
        #expect(try Program.run(["create", "--database", tcp("quoteforge")] + secret).code == 77)
    }
}
