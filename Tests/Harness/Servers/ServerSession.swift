import Foundation

/// The server's own client as a session that stays open, with its transaction.
package final class ServerSession {
    private let client: ChildRun
    private let input: FileHandle
    private var statements = 0
    private var seen = 0

    package init(socket: String, schema: String, options: [String] = []) throws {
        let pipe = Pipe()
        client = try ChildRun(
            [
                "mariadb", "--no-defaults", "--socket=\(socket)", "--user=root", "--batch", "--skip-column-names",
                "--unbuffered",
            ] + options + [schema], input: .descriptor(pipe.fileHandleForReading.fileDescriptor))
        input = pipe.fileHandleForWriting
    }

    deinit {
        try? input.close()
    }

    /// Runs a statement and returns the rows that it yields, columns separated by tabs.
    @discardableResult
    package func rows(_ statement: String) throws -> [String] {
        let mark = try send(statement)
        var lines: [String] = []
        try eventually(60, "'\(statement)' is answered") {
            let isRunning = client.isRunning
            lines = client.stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.contains(mark) { return true }
            if !isRunning { throw TookTooLong(what: "'\(statement)' is answered: \(client.stderr)") }
            return false
        }
        let end = lines.firstIndex(of: mark) ?? lines.endIndex
        defer { seen = end + 1 }
        return Array(lines[seen..<end])
    }

    /// Sends a statement and does not wait for its answer.
    @discardableResult
    package func send(_ statement: String) throws -> String {
        statements += 1
        let mark = "-- answered \(statements)"
        try input.write(contentsOf: Data("\(statement);\nSELECT '\(mark)';\n".utf8))
        return mark
    }

    /// What the client said when the server ended the session, or when a statement failed; nil while it goes on.
    package var error: String? { client.isRunning ? nil : client.stderr }
}
