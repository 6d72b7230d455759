import Database
import Foundation
import Harness
import TestSupport

/// A database with a catalogue, the installed programs in front of it as an administrator has them, and the page's server.
///
/// Used by one test at a time: hence unchecked.
final class PageScene: @unchecked Sendable {
    static let token = "browser-token-0123456789"

    let database: TestDatabase
    let port: UInt16
    private let workspace: Workspace
    private let environment: [String: String]
    private var server: ChildRun?

    /// - Parameters:
    ///   - catalogue: the folder that is loaded.
    ///   - books: when a book has been made of it already.
    init(_ engine: TestEngine, catalogue: String = PageScene.servers, books: [String] = []) throws {
        database = try TestDatabase(engine)
        workspace = try Workspace(named: "pnbook-page")
        port = try LocalSocket.freePort()
        var environment = ["XDG_CONFIG_HOME": "/dev/null"]
        for name in ["PATH", "HOME", "TMPDIR"] { environment[name] = ProcessInfo.processInfo.environment[name] }
        self.environment = environment
        try pnbook("load", catalogue)
        try pnbook("migrate", "up")
        for instant in books { try pnbook("create", "--triggered-by", "scheduled", "--now", instant) }
        try writeProgram()
        try write(Self.token, to: tokenFile, mode: 0o600)
        try start()
    }

    /// A few hundred server parts.
    static let servers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures/servers").path

    // MARK: The programs

    private var tokenFile: String { workspace.folder + "/token" }
    private var program: String { workspace.folder + "/pnbook" }
    private var faultFile: String { workspace.folder + "/fault" }

    /// The installed program; where a fault is asked for, the one that has faults takes its place.
    private func writeProgram() throws {
        let script = """
            #!/bin/sh
            if [ "$1" = create ] && [ -e '\(faultFile)' ]; then
                PNBOOK_FAULT=$(cat '\(faultFile)') && export PNBOOK_FAULT
                exec '\(try TestProgram.faulty.path)' "$@"
            fi
            exec '\(try TestProgram.pnbook.path)' "$@"
            """
        try write(script, to: program, mode: 0o755)
    }

    private func write(_ text: String, to path: String, mode: Int) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// Where runs stop themselves: after this share of the calls of the database that they make.
    enum Halt: Double {
        case reading = 0.4
        case writing = 0.66
    }

    /// Runs that the page starts from now on stop themselves on the way, until they are continued. Makes a book.
    func stopRuns(while halt: Halt) throws {
        let count = workspace.folder + "/calls"
        let counted = try ChildRun.run(
            [try TestProgram.faulty.path, "create", "--now", "2025-11-20T02:00:00Z", "--database", try database.url],
            environment: environment.merging(Fault.none(countingInto: count).environment) { $1 })
        guard counted.code == 0, let calls = Int(try String(contentsOfFile: count, encoding: .utf8)) else {
            throw ProgramError.failed("pnbook create", counted)
        }
        let fault = Fault.stop(Int(Double(calls) * halt.rawValue)).environment["PNBOOK_FAULT"] ?? ""
        try write(fault, to: faultFile, mode: 0o644)
    }

    /// Keeps others from writing books, until it is rolled back.
    func holdBooks() throws -> any Connection {
        let holder = try database.connect()
        try holder.begin(.write)
        if holder.engine == .mariadb { try holder.execute("UPDATE qt_partnumber_books SET created_by = 'held'") }
        return holder
    }

    /// Waits until the running task's process has stopped itself, and returns its number.
    func stoppedRun() throws -> Int32 {
        var pid: Int32 = 0
        try eventually(60, "a run has stopped itself") {
            guard let task = try tasks().first(where: { $0["status"] == "running" }), let number = task["pid"]?.integer
            else { return false }
            pid = Int32(number)
            return ProcessStatus(of: pid)?.isStopped ?? false
        }
        return pid
    }

    /// Runs the program by hand; it must succeed.
    @discardableResult
    func pnbook(_ arguments: String...) throws -> String {
        try ChildRun.succeed(
            [try TestProgram.pnbook.path] + arguments + ["--database", try database.url], environment: environment)
    }

    /// Puts a catalogue of `PN-1`, `PN-2`, … in place of what is there.
    func load(parts: Int) throws {
        let folder = try ScratchFolder()
        let lines = (1...parts).map { ",PN-\($0),LOT-\($0)" }.joined(separator: "\n")
        try folder.write("vendor,partnumber,lot_name\n" + lines + "\n", to: "lot_partnumbers.csv", mode: 0o644)
        try pnbook("load", folder.path, "--replace")
    }

    /// Runs a statement by hand, past the program.
    func run(_ statement: SQL) throws {
        let connection = try database.connect()
        defer { connection.close() }
        try connection.execute(statement)
    }

    // MARK: What is there

    func tasks() throws -> [JSON] {
        try JSON(parsing: pnbook("task", "list", "--json"))["tasks"]?.elements ?? []
    }

    /// The versions of the books, newest first, the active one with a star.
    func books() throws -> [String] {
        let books = try JSON(parsing: pnbook("list", "--json"))["books"]?.elements ?? []
        return books.map { ($0["version"]?.string ?? "") + ($0["is_active"] == true ? "*" : "") }
    }

    // MARK: The server

    /// Starts the page's server, and waits until it answers.
    func start() throws {
        let server = try workspace.start(
            "web",
            [
                try TestProgram.web.path, "--listen", "127.0.0.1:\(port)", "--token-file", tokenFile, "--state-dir",
                workspace.folder + "/state", "--program", program, "--database", try database.url, "--timezone",
                "Europe/Moscow",
            ], environment: environment)
        self.server = server
        let workspace = workspace
        try eventually(60, "the page's server answers") {
            guard server.isRunning else {
                throw WebDriverError.noAnswer("pnbook-web: " + workspace.said("web"))
            }
            return (try? LoopbackHTTP.ask("GET", "/healthz", port: port).status) == 200
        }
    }

    /// `kill -9`, and it is gone.
    func kill() throws {
        server?.signal(SIGKILL)
        try server?.wait()
        workspace.forget("web")
    }

    /// What the server has said.
    var log: String { workspace.said("web") }

    /// The page's address with what a browser's own dialog would ask for.
    func address(port: UInt16? = nil) -> String {
        "http://ann:\(Self.token)@127.0.0.1:\(port ?? self.port)/vendor-mappings"
    }

    /// What all of the page's own requests begin with.
    var origins: [String] { ["http://127.0.0.1:\(port)/", "ws://127.0.0.1:\(port)/"] }
}
