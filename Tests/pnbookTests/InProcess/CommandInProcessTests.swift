import ArgumentParser
import Chronology
import Database
import Foundation
import Harness
import Tasks
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI

/// Commands in this process: the context takes a clock, connections and outputs from the test.
@Suite("A command in process")
struct CommandInProcessTests {
    private static func factory(_ database: TestDatabase, opened: Locked<[ConnectionPurpose]>) -> ConnectionFactory {
        nonisolated(unsafe) let database = database
        return ConnectionFactory(
            open: { purpose in
                opened.withLock { $0.append(purpose) }
                return try database.connect()
            },
            openStoredTasks: { _ in nil }, openClientFile: { _, _ in throw UnopenedConnection(purpose: .write) })
    }

    @Test("The clock is the test's, and the output what the test opened")
    func clock() throws {
        var command = CommandInProcess()
        command.clock = RunClock(Instant(iso8601: "2020-03-01T12:00:00Z"))
        command.format = .json
        let outcome = try command.run(["simulate", "--years", "1"])
        #expect(outcome.error == nil && outcome.stderr == "")
        let document = try JSON(parsing: outcome.stdout)
        #expect(document["now"] == "2020-03-01T12:00:00.000Z")
        #expect(document["kept"]?[0]?["created_at"] == "2020-03-01T12:00:00.000Z")
        #expect(document["schema"] == 1 && document["error"] == .null && document["task"] == .null)
    }

    @Test(
        "A test that opens no database fails loudly where one is touched",
        arguments: [["list"], ["show", "active"], ["create"], ["prune"], ["task", "list"], ["migrate", "status"]])
    func unopened(arguments: [String]) throws {
        let outcome = try CommandInProcess().run(arguments)
        #expect(outcome.error is UnopenedConnection, "\(arguments): \(String(describing: outcome.error))")
        #expect(outcome.stdout == "")
    }

    @Test("Connections are the test's: how many, for what, and what they do", arguments: TestEngine.allCases)
    func connections(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let opened = Locked<[ConnectionPurpose]>([])
        var command = CommandInProcess()
        command.connections = Self.factory(database, opened: opened)
        command.format = .json
        let document = try JSON(parsing: try command.run(["list"]).stdout)
        #expect(document["books"]?.elements?.count == 1)
        #expect(opened.withLock { $0 } == [.read])
    }

    @Test("One switch prints a result: as a text, as a document, or not at all", arguments: TestEngine.allCases)
    func formats(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        for arguments in [["list"], ["show", "active"], ["verify"], ["migrate", "status"], ["migrate", "plan"]] {
            var command = CommandInProcess()
            command.connections = Self.factory(database, opened: Locked([]))
            let text = try command.run(arguments).stdout
            #expect(text.hasSuffix("\n") && !text.hasPrefix("\n") && !text.hasPrefix("{"), "\(arguments)")
            command.format = .json
            let json = try command.run(arguments).stdout
            #expect(json.hasPrefix("{"), "\(arguments)")
            let document = try JSON(parsing: json)
            #expect(document["schema"] == 1 && document["error"] == .null && document["task"] == .null, "\(arguments)")
            command.format = .quiet
            #expect(try command.run(arguments).stdout == "", "\(arguments)")
        }
    }
}
