import ArgumentParser
import Chronology
import Database
import DatabaseSQLite
import ErrorModel
import Foundation
import Harness
import Operations
import Tasks

@testable import PnbookCLI

/// A SQLite database with a catalogue and two books, made once, and copies of it in which bytes are changed.
enum ShelfFile {
    /// The catalogue and the books, and then the tasks.
    static let template: [UInt8] = {
        do {
            return try make()
        } catch {
            Finding.report("no database to change: \(ErrorReport(of: error).text)")
        }
    }()

    /// Verbs that read, or that would write if the file were as it should be.
    static let verbs = [
        ["list"], ["show", "active"], ["show", "1"], ["verify"], ["verify", "--against-catalogue"], ["diff", "1", "2"],
        ["explain", "PN-1"], ["export", "active", "--format", "csv"], ["task", "list"], ["migrate", "status"],
        ["create", "--dry-run"], ["prune", "--dry-run"], ["create"], ["metrics"],
    ]

    private static let folder = FuzzFile("shelf.db")
    private static var path: String { folder.path }
    private static var tasksPath: String { path + "-tasks" }
    /// Bytes of the template that are the first file's.
    nonisolated(unsafe) private static var bookBytes = 0

    /// Parsing takes as long as a verb does.
    nonisolated(unsafe) private static var parsed: [[String]: any Command] = [:]

    private static let catalogue = """
        vendor,partnumber,lot_name,description,is_primary_pn
        HPE,PN-1,LOT_A,A part,1
        Dell,PN-2,KIT,"Two, of them",0
        Acer,PN-3,,\\N,0
        """
    private static let bundles = "bundle_lot_name\nKIT\n"
    private static let components = "bundle_lot_name,lot_name,qty\nKIT,LOT_A,1\nKIT,FAN,2.5\n"
    private static let seen = "partnumber,is_ignored,is_pattern\nOLD-*,1,1\nPN-9,1,0\n"

    private static func make() throws -> [UInt8] {
        let source = try ScratchFolder()
        try source.write(catalogue, to: "lot_partnumbers.csv")
        try source.write(bundles, to: "qt_lot_bundles.csv")
        try source.write(components, to: "qt_lot_bundle_items.csv")
        try source.write(seen, to: "qt_vendor_partnumber_seen.csv")
        for verb in [["load", "--migrate", source.path], ["create"], ["create"]] {
            if let error = run(verb) { throw error }
        }
        for path in [path, tasksPath] {
            // Small pages, so that little of the file is empty, and everything in one file.
            let connection = try SQLiteConnection(path: path, access: .readWrite)
            for statement in ["PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM"] as [SQL] {
                try connection.execute(statement)
            }
            connection.close()
        }
        let books = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        bookBytes = books.count
        return try books + Array(Data(contentsOf: URL(fileURLWithPath: tasksPath)))
    }

    /// Runs a verb on a shelf of these bytes, in this process.
    static func look(at bytes: [UInt8], verb: [String]) {
        for name in [path, tasksPath] {
            for ending in ["-wal", "-shm", "-journal"] { unlink(name + ending) }
        }
        folder.write(Array(bytes[..<bookBytes]))
        FuzzFile.write(Array(bytes[bookBytes...]), to: tasksPath)
        _ = run(verb)
    }

    private static func run(_ verb: [String]) -> (any Error)? {
        let output = FuzzFile.opened(path + ".out")
        defer { close(output) }
        let url = DatabaseURL.sqlite(path: path)
        do {
            guard var command = try parsed[verb] ?? Pnbook.parseAsRoot(verb) as? any Command else {
                Finding.report("no verb \(verb)")
            }
            parsed[verb] = command
            let run = RunContext(
                databaseURL: url, trigger: .scheduled, clock: RunClock(Instant(iso8601: "2026-11-20T03:00:00Z")),
                connections: ConnectionFactory(to: url))
            let streams = CommandContext.Streams(
                output: Output(descriptor: output), errors: Output(descriptor: output))
            try command.run(
                CommandContext(
                    run: run, format: .json, streams: streams,
                    configuration: Configuration(environment: ["PNBOOK_CONFIG": "/dev/null"])))
            return nil
        } catch {
            return error
        }
    }
}
