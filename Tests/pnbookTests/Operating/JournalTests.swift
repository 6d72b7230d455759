import Foundation
import Harness
import Operations
import TestSupport
import Testing

@testable import PnbookCLI

/// What a service says goes to the journal with its priority, and only there.
@Suite("The journal")
struct JournalTests {
    /// Runs the program as systemd does: standard error is one file, which `JOURNAL_STREAM` names by device and inode.
    ///
    /// - Parameter isRedirected: standard error leads elsewhere by now.
    private static func journal(
        _ database: TestDatabase, _ arguments: [String], isRedirected: Bool = false
    ) throws -> (code: Int32, lines: [String]) {
        let folder = try ScratchFolder()
        let file = try folder.write("", to: "journal")
        let named = isRedirected ? try folder.write("", to: "other") : file
        var status = stat()
        try #require(stat(named, &status) == 0)
        let run = try ChildRun(
            [try TestProgram.pnbook.path] + arguments + ["--database", try database.url],
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder.path, "JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)",
            ], error: .file(file))
        let code = try run.result(60).code
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return (code, text.split(separator: "\n").map(String.init))
    }

    @Test("A good quiet night leaves one line, at info", arguments: TestEngine.allCases)
    func goodNight(engine: TestEngine) throws {
        let database = try TestDatabase.withBook(engine, Catalogues.plain(parts: 3))
        let night = try Self.journal(database, ["create", "--quiet", "--now", "2026-11-21T03:00:00Z"])
        #expect(night.code == 0)
        #expect(night.lines.count == 1)
        #expect(night.lines.first?.hasPrefix("<6>pnbook: PNBOOK-2026-11-21-001 ") == true, "\(night.lines)")
        // Cron mails whatever is said.
        #expect(try database.succeed("create", "--quiet").stderr == "")
        #expect(try Self.journal(database, ["create", "--dry-run", "--quiet"]).lines == [])
    }

    @Test("Errors and warnings have the priority of errors and warnings, each line of them")
    func priorities() throws {
        let database = try TestDatabase(.sqlite)
        try database.succeed("load", Catalogues.servers)
        let pending = try Self.journal(database, ["create", "--quiet"])
        #expect(pending.code == 10)
        #expect(pending.lines.count == 1 && pending.lines[0].hasPrefix("<3>pnbook: "), "\(pending.lines)")
        try database.succeed("migrate", "up")
        let conflicts = try Self.journal(database, ["create", "--quiet"])
        #expect(conflicts.lines.map { $0.prefix(8) } == ["<4>pnboo", "<6>pnboo"], "\(conflicts.lines)")
        #expect(conflicts.lines[0].hasPrefix("<4>pnbook: warning: rows of the same part number"))
        let known = try Self.journal(database, ["create", "--quiet", "--only-new-warnings"])
        #expect(known.lines.map { $0.prefix(3) } == ["<6>", "<6>"], "\(known.lines)")
        let usage = try Self.journal(database, ["create", "--quiet", "--nonsense"])
        #expect(usage.code == 64)
        #expect(usage.lines.count > 1 && usage.lines.allSatisfy { $0.hasPrefix("<3>") }, "\(usage.lines)")
    }

    @Test("Standard error that was redirected to a file gets none, and neither does a terminal's user")
    func redirected() throws {
        let database = try TestDatabase(.sqlite)
        try database.succeed("load", Catalogues.servers)
        let redirected = try Self.journal(database, ["create", "--quiet"], isRedirected: true)
        #expect(redirected.lines.count == 1 && redirected.lines[0].hasPrefix("pnbook: "), "\(redirected.lines)")
    }

    @Test(
        "What is no device and inode names no journal", arguments: [nil, "", ":", "1", "x:y", "1:2:3", "-1:-1", "1:"])
    func strangeVariables(variable: String?) {
        #expect(!JournalPriority.areRead(from: 2, variable))
    }

    @Test("The number is in front of each line, and of nothing else")
    func marked() {
        #expect(JournalPriority.error.marking("a\n\nb <4>\nc") == "<3>a\n\n<3>b <4>\n<3>c")
        #expect(JournalPriority.info.marking("\n") == "\n")
    }
}
