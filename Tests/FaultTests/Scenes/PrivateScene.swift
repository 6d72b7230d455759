import Foundation
import Harness
import TestSupport
import Testing

/// A small catalogue on a server of the test's own, whose global settings are the test's to change.
final class PrivateScene {
    let url: String
    private let socket: String
    private let server: AnyObject
    private let folder: ScratchFolder

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
        folder = try ScratchFolder()
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
        try folder.write(text, to: "lot_partnumbers.csv")
        let loaded = try run("load", folder.path, "--replace")
        #expect(loaded.code == 0, "\(loaded.stderr)")
    }

    func run(_ words: String...) throws -> ProgramResult {
        try Program.run(words + ["--database", url])
    }

    func start(_ words: String..., fault: Fault? = nil, environment: [String: String] = [:]) throws -> ChildRun {
        try Program.start(words + ["--database", url], fault: fault, environment: environment)
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
