import Database
import Foundation
import Harness
import TestSupport
import Testing

@testable import Operations
@testable import PnbookCLI
@testable import Tasks

/// Every exit code (<doc:ExitCodes>), reached by running the program.
@Suite("Exit codes")
struct ExitCodeTests {
    /// One way to each code.
    enum Scenario: String, CaseIterable, CustomTestStringConvertible {
        case done = "a list of books"
        case failed = "a book that is not there"
        case brokenPromise = "verify of a book that was changed"
        case warnings = "a conflict, under --fail-on-warnings"
        case migrationsPending = "create before migrate up"
        case busy = "another run at work"
        case halfApplied = "a migration begun and not finished"
        case schema = "a database without a catalogue"
        case refused = "a book without items"
        case usage = "an unknown flag"
        case badData = "bundles that contain one another"
        case unreachable = "no database there"
        case output = "a full disk behind standard output"
        case tryLater = "another process that writes the file"
        case permission = "no right to write"
        case configuration = "an environment variable that makes no sense"
        case interrupted = "SIGINT"
        case terminated = "SIGTERM"

        var testDescription: String { rawValue }

        var code: Int32 {
            switch self {
            case .done: 0
            case .failed, .brokenPromise: 1
            case .warnings: 3
            case .migrationsPending: 10
            case .busy: 11
            case .halfApplied: 12
            case .schema: 13
            case .refused: 14
            case .usage: 64
            case .badData: 65
            case .unreachable: 69
            case .output: 74
            case .tryLater: 75
            case .permission: 77
            case .configuration: 78
            case .interrupted: 130
            case .terminated: 143
            }
        }

        /// What the message must hold: what to do next.
        var wayOut: String {
            switch self {
            case .done: "PNBOOK-2026-11-20-001"
            case .failed: "Give an id or a version of 'pnbook list'"
            case .brokenPromise: "Make a new book with 'pnbook create'"
            case .warnings: "rows of the same part number disagree on its LOTs"
            case .migrationsPending: "pnbook migrate up"
            case .busy: "Wait for it with --wait"
            case .halfApplied: "Run 'pnbook migrate up'"
            case .schema: "pnbook load DIR"
            case .refused: "Look at lot_partnumbers"
            case .usage: "See 'pnbook list --help' for more information"
            case .badData: "Break it in qt_lot_bundle_items"
            case .unreachable: "Check "
            case .output: "cannot write to standard output: No space left on device"
            case .tryLater: "try again later"
            case .permission: "Give this user the right"
            case .configuration: "write one such as Europe/Berlin"
            case .interrupted: "interrupted (Ctrl-C)"
            case .terminated: "cancelled by SIGTERM"
            }
        }

        /// Where the result itself is the message.
        var isSaidOnStandardOutput: Bool { [.done, .brokenPromise, .warnings].contains(self) }

        /// A SQLite file is held by one writer and guarded by file modes; the server's part is in the bad inputs.
        var engines: [TestEngine] {
            [.tryLater, .permission].contains(self) ? [.sqlite] : TestEngine.allCases
        }

        func run(_ engine: TestEngine) throws -> ProgramResult {
            switch self {
            case .done: return try Self.book(engine).pnbook("list")
            case .failed: return try Self.book(engine).pnbook("show", "9")
            case .brokenPromise:
                let database = try Self.book(engine)
                try database.run("UPDATE qt_partnumber_book_items SET description = 'x'")
                return try database.pnbook("verify")
            case .warnings:
                return try TestDatabase.loaded(engine, Catalogues.mappings(",PN,LOT-1\nHPE,PN,LOT-2"))
                    .pnbook("create", "--fail-on-warnings")
            case .migrationsPending:
                let database = try TestDatabase(engine)
                try database.load(Catalogues.plain(parts: 1))
                return try database.pnbook("create")
            case .busy: return try Self.whileHeld(engine) { try $0.pnbook("create") }
            case .halfApplied:
                let database = try Self.book(engine)
                try database.run("UPDATE pnbook_schema_history SET finished_at = NULL WHERE number = 28")
                return try database.pnbook("create")
            case .schema:
                let database = try TestDatabase(engine)
                try database.connect().close()
                return try database.pnbook("create")
            case .refused: return try TestDatabase.loaded(engine, Catalogues.plain(parts: 0)).pnbook("create")
            case .usage: return try TestDatabase(engine).pnbook("list", "--frobnicate")
            case .badData:
                let database = try TestDatabase(engine)
                try database.succeed("load", Catalogues.rule("06-reached-cycle"), "--migrate")
                return try database.pnbook("create")
            case .unreachable:
                let database = try TestDatabase(engine)
                let nowhere =
                    engine == .sqlite ? try database.url : "mariadb://ann@localhost/x?socket=\(database.folder)/none"
                return try RunProgram(["list", "--database", nowhere]).run()
            case .output: return try Self.book(engine).pnbook(["list"], to: .file("/dev/full"))
            case .tryLater:
                let database = try Self.book(engine)
                try database.insertBook(version: "PNBOOK-2026-11-19-001", createdAt: "2026-11-19 03:00:00.000")
                let editor = try database.connect()
                defer { editor.close() }
                try editor.begin(.write)
                return try database.pnbook("activate", "2")
            case .permission:
                let database = try Self.book(engine)
                try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: database.path)
                return try database.pnbook(["create"], heedingFileModes: true)
            case .configuration:
                return try Self.book(engine).pnbook(["list"], environment: ["PNBOOK_TIMEZONE": "Mars/Olympus"])
            case .interrupted: return try Self.whileHeld(engine) { try SignalledRun.create(on: $0, ending: SIGINT) }
            case .terminated:
                // A terminal that is closed ends a run as SIGTERM does.
                let hungUp = try Self.whileHeld(engine) { try SignalledRun.create(on: $0, ending: SIGHUP) }
                #expect(hungUp.code == 143 && hungUp.stderr.contains("cancelled by SIGHUP"), "\(hungUp.stderr)")
                return try Self.whileHeld(engine) { try SignalledRun.create(on: $0, ending: SIGTERM) }
            }
        }

        private static func book(_ engine: TestEngine) throws -> TestDatabase {
            try TestDatabase.withBook(engine, Catalogues.plain(parts: 2))
        }

        /// As if another run were at work.
        private static func whileHeld(
            _ engine: TestEngine, _ body: (TestDatabase) throws -> ProgramResult
        ) throws -> ProgramResult {
            let database = try book(engine)
            let holder = try database.connect()
            defer { holder.close() }
            #expect(try holder.tryLock(WorkKind.books.rawValue))
            return try body(database)
        }
    }

    @Test("Each code is reached, with a message that names the way out", arguments: Scenario.allCases)
    func reached(scenario: Scenario) throws {
        for engine in scenario.engines {
            let result = try scenario.run(engine)
            #expect(result.code == scenario.code, "\(engine): \(result.stderr)\(result.stdout)")
            let message = scenario.isSaidOnStandardOutput ? result.stdout : result.stderr
            #expect(message.contains(scenario.wayOut), "\(engine): \(message)")
            if scenario.isSaidOnStandardOutput { #expect(result.stderr == "", "\(engine)") }
        }
    }

    @Test("There is a way to every code of the contract, and to no other")
    func complete() {
        let known = Set(ExitStatus.allCases.map(\.rawValue)).union([130, 143])
        #expect(Set(Scenario.allCases.map(\.code)) == known)
        #expect(known == [0, 1, 3, 10, 11, 12, 13, 14, 64, 65, 69, 74, 75, 77, 78, 130, 143])
    }
}
