import Database
import Harness
import TestSupport
import Testing

extension TestDatabase {
    /// Runs the program on this database.
    func pnbook(
        _ arguments: [String], environment: [String: String] = [:], to output: RunProgram.Destination = .captured,
        heedingFileModes: Bool = false
    ) throws -> ProgramResult {
        var program = RunProgram(arguments + ["--database", try url])
        program.environment = environment
        program.output = output
        program.folder = folder
        program.heedsFileModes = heedingFileModes
        return try program.run()
    }

    /// Runs the program on this database.
    func pnbook(_ arguments: String...) throws -> ProgramResult { try pnbook(arguments) }

    /// Runs the program, which must succeed.
    @discardableResult
    func succeed(
        _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ProgramResult {
        let result = try RunProgram(arguments + ["--database", try url]).run()
        try #require(
            result.code == 0, "pnbook \(arguments.joined(separator: " ")): \(result.stderr)",
            sourceLocation: sourceLocation)
        return result
    }

    /// Loads a catalogue in place of what is there.
    func load(_ tables: [String: String]) throws {
        let folder = try ScratchFolder()
        try succeed("load", try folder.writeCatalogue(tables), "--replace")
    }

    /// A database with a catalogue, migrated, without a book.
    static func loaded(_ engine: TestEngine, _ tables: [String: String]) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.load(tables)
        try database.succeed("migrate", "up")
        return database
    }

    /// A database with a catalogue and one book of it, made at three in the morning of 20 November 2026.
    static func withBook(_ engine: TestEngine, _ tables: [String: String]) throws -> TestDatabase {
        let database = try TestDatabase(engine)
        try database.load(tables)
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        return database
    }

    /// Runs statements by hand, past the program.
    func run(_ statements: SQL...) throws {
        let connection = try connect()
        defer { connection.close() }
        for statement in statements { try connection.execute(statement) }
    }

    /// The rows of a query, each cell as text, NULL as `NULL`.
    func rows(_ query: SQL) throws -> [[String]] {
        let connection = try connect()
        defer { connection.close() }
        return try connection.rows(query) { row in row.values.indices.map { row.text($0) ?? "NULL" } }
    }

    /// The stored tasks, newest first, as `task list --json` says.
    ///
    /// - Parameter status: nil for all of them.
    func tasks(ofStatus status: JSON? = nil) throws -> [JSON] {
        let tasks = try succeed("task", "list", "--json").json["tasks"]?.elements ?? []
        return tasks.filter { status == nil || $0["status"] == status }
    }

    /// The versions of the books, newest first, the active one with a star.
    func books() throws -> [String] {
        let books = try succeed("list", "--json").json["books"]?.elements ?? []
        return books.map { ($0["version"]?.string ?? "") + ($0["is_active"] == true ? "*" : "") }
    }
}
