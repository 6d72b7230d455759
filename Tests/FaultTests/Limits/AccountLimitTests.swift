import Foundation
import Harness
import TestSupport
import Testing

/// Limits of an account and of the server: what a run needs is stated, and what is in the way is named.
@Suite("Limits of accounts and servers", .serialized)
struct AccountLimitTests {
    private static let fixtures = Program.repository.appendingPathComponent("fixtures/servers").path

    /// A server with a migrated catalogue, and an account `few`.
    private static func server(with limits: String, _ options: [String] = []) throws -> (PrivateServer, String) {
        let server = try GrantTests.server(options)
        try server.sql("CREATE DATABASE shop")
        let loaded = try Program.run(["load", fixtures, "--migrate", "--quiet", "--database", server.url("shop")])
        #expect(loaded.code == 0, "\(loaded.stderr)")
        try server.sql("CREATE USER few@localhost \(limits); GRANT ALL ON shop.* TO few@localhost")
        return (server, server.url("shop", user: "few"))
    }

    @Test("A run has three connections at once: with two it is refused before anything is written, and doctor says so")
    func connections() throws {
        let (server, url) = try Self.server(with: "WITH MAX_USER_CONNECTIONS 3")
        for verb in [["create", "--migrate"], ["create", "--dry-run"], ["migrate", "up"], ["prune"], ["doctor"]] {
            let result = try Program.run(verb + ["--quiet", "--database", url])
            #expect(result.code == 0, "\(verb): \(result.stderr)")
        }
        try server.sql("ALTER USER few@localhost WITH MAX_USER_CONNECTIONS 2")
        let refused = try Program.run(["create", "--quiet", "--database", url])
        #expect(refused.code == 69)
        #expect(refused.stderr.contains("A run needs 3 connections of its account at once"), "\(refused.stderr)")
        #expect(refused.stderr.contains("ALTER USER ... WITH MAX_USER_CONNECTIONS 4;"))
        let broken = try GrantTests.broken(url)
        // The refused run was a night without a book.
        #expect(broken.map(\.topic) == ["connections", "last run"])
        try server.sql(
            try #require(broken.first?.remedy).replacing("...", with: "few@localhost"))
        #expect(try Program.run(["create", "--quiet", "--database", url]).code == 0)
    }

    @Test(
        "A limit for an hour exits 75 and names the statement that lifts it",
        arguments: ["MAX_QUERIES_PER_HOUR", "MAX_CONNECTIONS_PER_HOUR"])
    func hourly(limit: String) throws {
        let (server, url) = try Self.server(with: "WITH \(limit) 1")
        _ = try Program.run(["create", "--quiet", "--database", url])
        let refused = try Program.run(["create", "--quiet", "--database", url])
        #expect(refused.code == 75, "\(refused.stderr)")
        #expect(refused.stderr.contains("Run again when the hour is over"), "\(refused.stderr)")
        let statement = String(try #require(refused.stderr.firstMatch(of: /ALTER USER [^;]*;/)?.output))
        try server.sql(statement.replacing("...", with: "few@localhost"))
        #expect(try Program.run(["create", "--quiet", "--database", url]).code == 0)
    }

    @Test("All prepared statements taken exits 75, and all connections taken 69, by the setting's name")
    func server() throws {
        let (server, url) = try Self.server(with: "", ["--max-user-connections=50"])
        try server.sql("SET GLOBAL max_prepared_stmt_count = 0")
        let prepared = try Program.run(["create", "--quiet", "--database", url])
        #expect(prepared.code == 75 && prepared.stderr.contains("raise max_prepared_stmt_count"), "\(prepared.stderr)")
        try server.sql("SET GLOBAL max_prepared_stmt_count = 100; SET GLOBAL max_user_connections = 2")
        let user = try Program.run(["create", "--quiet", "--database", url])
        #expect(user.code == 69, "\(user.stderr)")
        #expect(user.stderr.contains("needs 3"), "\(user.stderr)")
        try server.sql("SET GLOBAL max_user_connections = 50")
        #expect(try Program.run(["create", "--quiet", "--database", url]).code == 0)
    }

    @Test("A book that the limit of temporary space cannot hold is refused before it is written, where there is one")
    func temporarySpace() throws {
        let (server, url) = try Self.server(with: "", ["--log-bin=binary", "--server-id=1"])
        let setting = "max_tmp_session_space_usage"
        // 11.5 brought it; before, there is nothing to look at.
        guard (try? server.sql("SET GLOBAL \(setting) = 1048576")) != nil else { return }
        try server.sql(
            """
            USE shop; INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description)
            SELECT 'many', CONCAT('PN-', seq), CONCAT('LOT-', seq), REPEAT('x', 60) FROM seq_1_to_20000
            """)
        let refused = try Program.run(["create", "--database", url, "--progress", "plain"])
        #expect(refused.code == 75, "\(refused.stderr)")
        #expect(refused.stderr.contains("\(setting) allows 1048576"), "\(refused.stderr)")
        #expect(!refused.stderr.contains("writing the book"), "\(refused.stderr)")
        try server.sql("SET GLOBAL \(setting) = 0")
        #expect(try Program.run(["create", "--quiet", "--database", url]).code == 0)
    }
}
