import Database
import DatabaseMariaDB
import Foundation
import Harness

/// What a server, or somebody in its place, may answer to a statement: the whole driver reads it, and it is rows or an error,
/// in bounded memory, and soon.
///
/// An input is the bytes after the session has been opened, for the preparation and the execution of one statement.
extension FuzzKind {
    static let wire = FuzzKind("wire") { input in
        answer.withLock { $0 = input.bytes }
        let connection = try MariaDBConnection(options)
        defer { connection.close() }
        var rows = 0
        do {
            try connection.forEachRow("SELECT a, b, c FROM t WHERE d = \(7)") { row in
                rows += 1
                for column in 0..<3 { look(at: row, column) }
            }
        } catch is DatabaseError {
            return
        }
        Finding.unless(rows <= input.bytes.count, "\(rows) rows of \(input.bytes.count) bytes")
    }

    private static let answer = Locked<[UInt8]>([])

    private static let socket = FuzzFile("s")

    /// Never stopped: it answers every input.
    private static let server: ScriptedServer = {
        do {
            return try ScriptedServer.feeding(at: socket.path) { _ in answer.withLock { $0 } }
        } catch {
            Finding.report("no server: \(error)")
        }
    }()

    private static let options: MariaDBOptions = {
        _ = server
        return MariaDBOptions(location: MariaDBURL(user: "u", host: "localhost", socket: socket.path, schema: "shop"))
    }()

    /// Reads every byte, so that the sanitizer sees it.
    private static func look(at row: Row, _ column: Int) {
        let cell = row.cell(column)
        let sum = cell.utf8.reduce(0) { $0 &+ Int($1) }
        let texts = [row.text(column) ?? "", String(row.integer(column) ?? 0), String(row.number(column) ?? 0)]
        Finding.unless(sum >= 0 && texts.count == 3, "no sum")
    }
}
