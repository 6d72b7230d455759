import ArgumentParser
import Database
import ErrorModel
import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI

/// A `create` that is refused or fails says what it has seen (<doc:Publishing#Refusals-say-what-was-seen>).
@Suite("create, refused or failed")
struct FailedCreateTests {
    private static let later = ["--now", "2026-11-21T03:00:00Z"]

    /// A book of 2,500 part numbers, and a catalogue in which most have lost their LOT.
    private static func shrunken(_ engine: TestEngine) throws -> TestDatabase {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 2500))
        try database.load(
            Catalogues.mappings(
                (1...2500).map { ",PN-\($0)," + ($0 > 1100 ? "" : "LOT-\($0)") }.joined(separator: "\n")))
        return database
    }

    @Test("A refusal prints the table of a success, headed by what became of it", arguments: TestEngine.allCases)
    func table(engine: TestEngine) throws {
        let database = try Self.shrunken(engine)
        for flags in [[], ["--dry-run"]] {
            let result = try database.pnbook(["create"] + flags + Self.later)
            #expect(result.code == 14)
            #expect(
                result.stdout.hasPrefix(
                    flags == [] ? "Refused: this book was not published.\n" : "Dry run: this book would be refused"))
            #expect(
                result.stdout.contains(
                    "\nSince PNBOOK-2026-11-20-001: 0 added, 1 400 removed, 0 re-mapped, 0 changed, 1 100 unchanged\n"))
            let lines = result.stdout.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
            for line in [
                "read 2500 mappings, 0 bundles, 0 ignore rules", "1400 without a LOT",
                "in the book 1100 items, 1 100 part numbers",
            ] {
                #expect(lines.contains(line), "\(lines)")
            }
            #expect(result.stderr.contains("the book would have 1 100 items, fewer than half of the 2 500"))
        }
        let quiet = try database.pnbook(["create", "--quiet"] + Self.later)
        #expect(quiet.code == 14 && quiet.stdout == "")
        #expect(
            quiet.stderr.contains(
                "Rows read: 2 500, left out: 1 400 without a LOT. Since PNBOOK-2026-11-20-001: 0 added"))
    }

    @Test("Document, task and metrics have what a success has", arguments: TestEngine.allCases)
    func document(engine: TestEngine) throws {
        let database = try Self.shrunken(engine)
        let dry = try database.pnbook(["create", "--dry-run", "--json"] + Self.later).json
        #expect(dry["dry_run"] == true && dry["error"]?["kind"] == "refused")
        let document = try database.pnbook(["create", "--json"] + Self.later).json
        #expect(document.names == dry.names && document["dry_run"] == false)
        #expect(document["error"]?["code"] == 14 && document["task"]?["status"] == "failed")
        #expect(document["source"] == ["rows": 2500, "bundles": 0, "ignore_rules": 0])
        #expect(document["excluded"] == ["empty_partnumber": 0, "empty_lot": 1400, "ignored": 0, "empty_bundle": 0])
        #expect(document["conflicts"] == ["count": 0, "partnumbers": []])
        #expect(document["book"]?["items"] == 1100 && document["book"]?["id"] == .null)
        #expect(document["changes"]?["removed"] == 1400 && document["changes"]?["since"]?["id"] == 1)
        let task = try #require(try database.tasks(ofStatus: "failed").first)
        #expect(task["result"] == document.without("task", "error"))
        let id = try #require(task["id"]?.string)
        let shown = try database.succeed("task", "show", id).stdout
        #expect(shown.contains("No book was published.\nSince PNBOOK-2026-11-20-001: 0 added"), "\(shown)")
        let metrics = try database.succeed("metrics").stdout
        #expect(metrics.contains("\npnbook_create_excluded_rows{reason=\"empty_lot\"} 1400\n"))
        #expect(metrics.contains("\npnbook_create_changes{change=\"removed\"} 1400\n"))
    }

    @Test("A run that cannot write has counted everything as well", arguments: TestEngine.allCases)
    func failedWrite(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        nonisolated(unsafe) let shared = database
        let full = DatabaseError(
            kind: .full, engine: .mariadb, code: 1114, message: "the table is full", place: "here")
        for format in [CommandContext.ResultFormat.text, .json, .quiet] {
            var command = CommandInProcess()
            command.format = format
            command.connections = ConnectionFactory(
                open: { purpose in
                    if purpose == .tasks, engine == .sqlite {
                        return try TestDatabase.sqlite(at: shared.path + "-tasks", lockBase: shared.path)
                    }
                    return ForwardingConnection(try shared.connect()) { call in
                        if case .send = call { throw full }
                    }
                },
                openStoredTasks: { _ in nil }, openClientFile: { _, _ in throw UnopenedConnection(purpose: .write) })
            let outcome = try command.run(["create"])
            let error = try #require((outcome.error as? ReportedFailure)?.cause)
            #expect(ErrorReport(of: error).kind == "try_later")
            switch format {
            case .text:
                #expect(outcome.stdout.hasPrefix("Failed: this book was not published.\n"))
                #expect(outcome.stdout.contains("in the book  3  items, 3 part numbers"), "\(outcome.stdout)")
            case .json:
                let document = try JSON(parsing: outcome.stdout)
                #expect(document["error"]?["kind"] == "try_later" && document["source"]?["rows"] == 3)
                #expect(document["book"]?["items"] == 3 && document["changes"] == .null)
            case .quiet:
                #expect(outcome.stdout == "")
                #expect(
                    ErrorReport(of: error).message.hasSuffix("Rows read: 3, left out: none; items of the book: 3"),
                    "\(ErrorReport(of: error).message)")
            }
        }
    }
}
