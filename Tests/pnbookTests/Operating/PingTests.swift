import Database
import Foundation
import Harness
import Tasks
import TestSupport
import Testing

@testable import Operations

/// The monitor that is told of each run: a night without one is noticed there.
@Suite("Health pings")
struct PingTests {
    private static func create(
        _ database: TestDatabase, _ server: PingServer, _ arguments: String...
    ) throws -> ProgramResult {
        try database.pnbook(
            ["create"] + arguments, environment: ["PNBOOK_PING_URL": "http://127.0.0.1:\(server.port)/s3cr3t-uuid"])
    }

    @Test("A run that succeeds pings start and success, with the book's name", arguments: TestEngine.allCases)
    func success(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let server = try PingServer()
        defer { server.stop() }
        let result = try Self.create(database, server, "--now", "2026-11-21T03:00:00Z")
        #expect(result.code == 0, "\(result.stderr)")
        #expect(
            server.pings == [
                .init(path: "/s3cr3t-uuid/start", body: ""),
                .init(
                    path: "/s3cr3t-uuid",
                    body:
                        "PNBOOK-2026-11-21-001 is active with 3 items. Since PNBOOK-2026-11-20-001: 0 added, 0 removed, "
                        + "0 re-mapped, 0 changed, 3 unchanged"),
            ])
        #expect(!result.stderr.contains("s3cr3t"))
    }

    @Test("A run that fails pings failure with the reason, also where it never came to begin")
    func failure() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 9))
        let server = try PingServer()
        defer { server.stop() }
        try database.load(Catalogues.plain(parts: 1))
        #expect(try Self.create(database, server).code == 14)
        #expect(server.pings.map(\.path) == ["/s3cr3t-uuid/start", "/s3cr3t-uuid/fail"])
        #expect(server.pings.last?.body.contains("the book would have 1 items, fewer than half of the 9") == true)
        try FileManager.default.removeItem(atPath: database.path)
        #expect(try Self.create(database, server).code == 69)
        #expect(server.pings.count == 3)
        #expect(server.pings.last?.path == "/s3cr3t-uuid/fail")
        #expect(server.pings.last?.body.contains("there is no such file") == true)
    }

    @Test("A typing error pings nobody; a password file that is gone does")
    func otherFailures() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let server = try PingServer()
        defer { server.stop() }
        #expect(try Self.create(database, server, "--created-by", "").code == 64)
        #expect(server.pings == [])
        #expect(try Self.create(database, server, "--password-file", "/nowhere").code == 78)
        #expect(server.pings.map(\.path) == ["/s3cr3t-uuid/fail"])
        #expect(server.pings.first?.body.contains("/nowhere cannot be read") == true)
    }

    @Test("A lock that no run holds is told: nothing will be published", arguments: TestEngine.allCases)
    func foreignLock(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let server = try PingServer()
        defer { server.stop() }
        let holder = try database.connect()
        defer { holder.close() }
        #expect(try holder.tryLock("books"))
        #expect(try Self.create(database, server).code == 11)
        #expect(server.pings.map(\.path) == ["/s3cr3t-uuid/fail"])
        #expect(server.pings.first?.body.contains("no run is recorded") == true)
    }

    @Test(
        "Another run that is at work tells itself how it ends; one that has worked for an hour is told",
        arguments: TestEngine.allCases)
    func otherRun(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let server = try PingServer()
        defer { server.stop() }
        let url = try DatabaseURL(parsing: try database.url)
        let run = RunContext(databaseURL: url, trigger: .scheduled, connections: ConnectionFactory(to: url))
        _ = try run.runTask(.create, whenBusy: .fail) { task in
            #expect(try Self.create(database, server).code == 11)
            #expect(server.pings == [])
            let tasks =
                engine == .sqlite ? try TestDatabase.sqlite(at: database.path + "-tasks") : try database.connect()
            defer { tasks.close() }
            try tasks.execute("UPDATE pnbook_tasks SET heartbeats = 720 WHERE id = \(task.id)")
            #expect(try Self.create(database, server).code == 11)
            #expect(server.pings.map(\.path) == ["/s3cr3t-uuid/fail"])
            return ((), TaskResult(status: .completed, message: "done"))
        }
    }

    @Test("Warnings are no failure, and a dry run pings nobody")
    func warnings() throws {
        let database = try TestDatabase(.sqlite)
        try database.succeed("load", Catalogues.servers)
        let server = try PingServer()
        defer { server.stop() }
        #expect(try Self.create(database, server, "--migrate", "--fail-on-warnings").code == 3)
        #expect(server.pings.map(\.path) == ["/s3cr3t-uuid/start", "/s3cr3t-uuid"])
        #expect(try Self.create(database, server, "--dry-run").code == 0)
        #expect(server.pings.count == 2)
    }

    @Test(
        "A monitor that refuses, hangs up or is not there changes nothing of the run",
        arguments: ["404 Not Found", "500 Oops", ""])
    func uselessMonitor(answer: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let server = try PingServer(answering: answer)
        if answer.isEmpty { server.stop() }
        defer { if !answer.isEmpty { server.stop() } }
        let result = try Self.create(database, server)
        #expect(result.code == 0)
        #expect(
            result.stderr.contains("warning: the monitor at 127.0.0.1 could not be told, which changes nothing else"))
        #expect(!result.stderr.contains("s3cr3t"))
        #expect(try database.books().count == 2)
    }

    @Test(
        "A monitor that has moved was not told; its new host is named, and nothing of the addresses",
        arguments: [
            ("301 Moved Permanently", "https://hc.example/s3cr3t-uuid/start", " to https://hc.example ("),
            ("302 Found", "/s3cr3t-login", " to http://127.0.0.1:"),
            ("307 Temporary Redirect", "https://ann:s3cr3t@[::1]:8443/s3cr3t", " to https://::1:8443 ("),
            ("308 Permanent Redirect", "https://hc.example?s3cr3t=1", " to https://hc.example ("),
            ("304 Not Modified", nil, " (status 304), which is not followed"),
            ("300 Multiple Choices", "", "which is not followed; write the final address in ping-url"),
        ])
    func movedMonitor(status: String, location: String?, said: String) throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let server = try PingServer(answering: status + (location.map { "\r\nLocation: " + $0 } ?? ""))
        defer { server.stop() }
        let result = try Self.create(database, server)
        #expect(result.code == 0)
        #expect(
            result.stderr.contains(
                "the monitor at 127.0.0.1 could not be told, which changes nothing else: it answered"))
        #expect(result.stderr.contains(said), "\(result.stderr)")
        #expect(!result.stderr.contains("s3cr3t"), "\(result.stderr)")
    }

    @Test("A monitor that never answers holds the run up for seconds, and no longer")
    func silentMonitor() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let server = try PingServer(answering: nil)
        defer { server.stop() }
        let result = try Self.create(database, server)
        #expect(result.code == 0)
        #expect(result.stderr.contains("it did not answer within 10 seconds"))
    }

    @Test("Without curl the run succeeds and says what is missing")
    func noCurl() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 3))
        let folder = try ScratchFolder()
        let result = try database.pnbook(
            ["create"], environment: ["PNBOOK_PING_URL": "http://127.0.0.1:1/x", "PATH": folder.path])
        #expect(result.code == 0)
        #expect(result.stderr.contains("apt-get install curl"))
    }
}
