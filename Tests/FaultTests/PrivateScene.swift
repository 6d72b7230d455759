import Foundation
import TestSupport
import Testing

/// A small catalogue on a server of the test's own, whose global settings are the test's to change.
final class PrivateScene {
    let url: String
    private let socket: String
    private let server: AnyObject
    private let folder: String

    /// A schema with a catalogue.
    ///
    /// - Parameters:
    ///   - server: lives as long as this does.
    ///   - rows: mappings in the catalogue.
    ///   - isMigrated: to 028, with one book.
    convenience init(_ server: PrivateServer, rows: Int = 40, isMigrated: Bool = true) throws {
        try self.init(at: server.socket, of: server)
        try fill(rows: rows, isMigrated: isMigrated)
    }

    /// What stands at a server's socket.
    init(at socket: String, of server: AnyObject) throws {
        self.socket = socket
        self.server = server
        url = "mariadb://root@localhost/shop?socket=\(socket)"
        folder = NSTemporaryDirectory() + "/pnbook-private-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Makes the schema and the catalogue.
    func fill(rows: Int = 40, isMigrated: Bool = true) throws {
        try ServerSession(socket: socket, schema: "mysql").rows("CREATE DATABASE shop")
        try load(rows, edition: 1)
        if isMigrated { #expect(try run("create", "--migrate", "--now", "2026-11-01T03:00:00Z").code == 0) }
    }

    /// Puts a catalogue in place of what is there.
    func load(_ rows: Int, edition: Int) throws {
        var text = "partnumber,lot_name,description\n"
        for row in 0..<rows { text += "PN-\(row),LOT-\(row % 7),edition \(edition)\n" }
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/lot_partnumbers.csv"))
        let loaded = try run("load", folder, "--replace")
        #expect(loaded.code == 0, "\(loaded.stderr)")
    }

    func run(_ words: String...) throws -> (code: Int32, stderr: String) {
        try Child.run(words + ["--database", url])
    }

    func start(_ words: String..., environment: [String: String] = [:]) throws -> Child {
        try Child(words + ["--database", url], environment: environment)
    }

    /// A session of somebody else's.
    ///
    /// - Parameter goingOn: after an error as well, which is then not noticed.
    func session(goingOn: Bool = false) throws -> ServerSession {
        try ServerSession(socket: socket, schema: "shop", options: goingOn ? ["--force"] : [])
    }

    /// Runs one statement in a session of its own and returns the rows that it yields, columns set apart by tabs.
    @discardableResult
    func rows(_ query: String) throws -> [String] {
        try session().rows(query)
    }

    /// `version active items`, newest first.
    func books() throws -> [String] {
        try rows(
            """
            SELECT CONCAT_WS(' ', version, is_active, (SELECT COUNT(*) FROM qt_partnumber_book_items i WHERE i.book_id = b.id))
            FROM qt_partnumber_books b ORDER BY created_at DESC, id DESC
            """)
    }

    /// `type status` of every task, in no order that the clock gives.
    func tasks() throws -> [String] {
        try rows("SELECT CONCAT_WS(' ', type, status) FROM pnbook_tasks ORDER BY type, status")
    }
}

/// The server's own client as a session that stays open, with its transaction.
final class ServerSession {
    private let process = Process()
    private let input = Pipe()
    private let folder: String
    private var statements = 0
    private var seen = 0

    init(socket: String, schema: String, options: [String] = []) throws {
        folder = NSTemporaryDirectory() + "/pnbook-session-" + UUID().uuidString.lowercased()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: nil) }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "mariadb", "--no-defaults", "--socket=\(socket)", "--user=root", "--batch", "--skip-column-names",
                "--unbuffered",
            ] + options + [schema]
        process.standardInput = input
        process.standardOutput = FileHandle(forWritingAtPath: folder + "/out")
        process.standardError = FileHandle(forWritingAtPath: folder + "/err")
        try process.run()
    }

    deinit {
        try? input.fileHandleForWriting.close()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs a statement and returns the rows that it yields, columns set apart by tabs.
    @discardableResult
    func rows(_ statement: String) throws -> [String] {
        let mark = try send(statement)
        var lines: [String] = []
        try eventually(60, "'\(statement)' is answered") {
            if !process.isRunning { throw TookTooLong(what: "'\(statement)' is answered: \(text("err"))") }
            lines = text("out").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return lines.contains(mark)
        }
        let end = lines.firstIndex(of: mark) ?? lines.endIndex
        defer { seen = end + 1 }
        return Array(lines[seen..<end])
    }

    /// Sends a statement and does not wait for its answer.
    @discardableResult
    func send(_ statement: String) throws -> String {
        statements += 1
        let mark = "-- answered \(statements)"
        try input.fileHandleForWriting.write(contentsOf: Data("\(statement);\nSELECT '\(mark)';\n".utf8))
        return mark
    }

    /// Whether the server has ended the session, or a statement has failed.
    var error: String? { process.isRunning ? nil : text("err") }

    private func text(_ name: String) -> String {
        (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) ?? ""
    }
}
