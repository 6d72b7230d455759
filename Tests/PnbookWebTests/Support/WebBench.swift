import Chronology
import Database
import ErrorModel
import Foundation
import Harness
import Logging
import Operations
import TestSupport
import WebServer

@testable import PnbookWeb

/// A database, the installed program, and the page's server in front of both, without its sockets.
final class WebBench {
    static let token = "correct-horse-battery-staple"

    let database: TestDatabase
    /// What outlives the page.
    let state: ScratchFolder
    let log: LogLines
    let context: PnbookWebContext
    private(set) var application: WebApplication
    private let environment: [String: String]

    /// - Parameters:
    ///   - parts: part numbers of the catalogue; nil for a database without tables.
    ///   - hasBook: whether a book of it has been made.
    ///   - fault: what the program does to itself in each run that the page starts; nil for nothing.
    ///   - program: in place of the installed one.
    init(
        _ engine: TestEngine, parts: Int? = 5, hasBook: Bool = true, fault: Fault? = nil, program: String? = nil,
        variables: [String: String] = [:]
    ) throws {
        database = try TestDatabase(engine)
        state = try ScratchFolder()
        log = LogLines()
        var environment = ["XDG_CONFIG_HOME": "/dev/null"]
        for name in ["PATH", "HOME", "TMPDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
        self.environment = environment
        let url = try database.url
        let configuration = try Configuration(
            overrides: [.database: Configuration.Override(value: url, name: "--database")],
            environment: environment.merging(variables) { _, new in new })
        let variables = configuration.environmentForPrograms.merging(fault?.environment ?? [:]) { _, new in new }
        let path = try program ?? (fault == nil ? TestProgram.pnbook : TestProgram.faulty).path
        let log = self.log
        context = PnbookWebContext(
            connections: ConnectionFactory(to: try DatabaseURL(parsing: url)), zone: .utc,
            program: try InstalledProgram(path: path, environment: variables), stateFolder: state.path,
            token: try AccessToken(Secret(Self.token)), logger: Logger(label: "test") { _ in log })
        application = WebApplication(context, files: Self.files)
        if let parts {
            try load(parts: parts)
            try pnbook("migrate", "up")
            if hasBook { try pnbook("create") }
        }
    }

    deinit { application.stop() }

    private static let files: PageFiles = { request in
        request.path == "/vendor-mappings"
            ? PageFile(bytes: Array("<p>".utf8), type: "text/html; charset=utf-8", tag: "t1") : nil
    }

    /// The page ends and comes back.
    func restart() {
        application.stop()
        application = WebApplication(context, files: Self.files)
    }

    // MARK: The program

    /// Runs the program by hand; it must succeed.
    @discardableResult
    func pnbook(_ arguments: String...) throws -> String {
        try ChildRun.succeed(
            [try TestProgram.pnbook.path] + arguments + ["--database", try database.url], environment: environment)
    }

    /// Puts a catalogue of `PN-1`, `PN-2`, … in place of what is there.
    func load(parts: Int, withoutLOT: ClosedRange<Int>? = nil) throws {
        let folder = try ScratchFolder()
        let lines = (1...max(1, parts)).prefix(parts).map { part in
            ",PN-\(part)," + (withoutLOT?.contains(part) == true ? "" : "LOT-\(part)")
        }
        try folder.write(
            "vendor,partnumber,lot_name\n" + lines.joined(separator: "\n") + "\n", to: "lot_partnumbers.csv",
            mode: 0o644)
        try pnbook("load", folder.path, "--replace")
    }

    /// Runs statements on the tasks' table, which exists once a task has run.
    func changeTasks(_ statements: SQL...) throws {
        let connection = try context.connections.open(.tasks)
        defer { connection.close() }
        for statement in statements { try connection.execute(statement) }
    }

    // MARK: The page

    static let basic = "Basic " + Data("ann:\(token)".utf8).base64EncodedString()

    /// A request as the page sends it: with the browser's password, and from its own origin.
    ///
    /// - Parameters:
    ///   - body: JSON; nil for none.
    ///   - headers: in place of the usual ones of the same names; nil leaves one out.
    func ask(
        _ method: String, _ path: String, query: [(String, String)] = [], body: String? = nil,
        headers: [String: String?] = [:]
    ) async throws -> WebAnswer {
        var fields: [String: String?] = [
            "Authorization": Self.basic, "Host": "page.test", "Origin": method == "POST" ? "http://page.test" : nil,
            "Content-Type": body == nil ? nil : "application/json",
        ]
        for (name, value) in headers { fields[name] = value }
        let request = WebRequest(
            method: method, path: path, query: query.map { (name: $0.0, value: $0.1) },
            headers: WebHeaders(fields.compactMap { name, value in value.map { (name: name, value: $0) } }),
            body: Array((body ?? "").utf8), peer: "127.0.0.1")
        return try WebAnswer(await application.respond(to: request))
    }

    static let books = "/api/admin/pricing/partnumber-books"

    func get(_ path: String, _ query: (String, String)...) async throws -> WebAnswer {
        try await ask("GET", path, query: query)
    }

    func post(_ path: String, _ body: String? = nil, headers: [String: String?] = [:]) async throws -> WebAnswer {
        try await ask("POST", path, body: body, headers: headers)
    }

    /// Waits until a task has ended, and returns it in full.
    func ended(_ id: String) async throws -> JSON {
        var task: JSON = .null
        try await soon("task \(id) ends") {
            task = try await get("/api/tasks/" + id, ("view", "full")).json["task"] ?? .null
            return ["completed", "completed_with_warnings", "failed", "cancelled"].contains(task["status"]?.string)
        }
        return task
    }
}

/// Waits until something is so, without keeping one of Swift's few threads.
func soon(_ what: String, _ condition: () async throws -> Bool) async throws {
    // Far longer than anything takes: among all other tests a part of this one may not get a thread for minutes.
    let deadline = ContinuousClock.now + .seconds(600)
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw TookTooLong(what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
