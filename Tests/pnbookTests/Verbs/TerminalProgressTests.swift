import Foundation
import Harness
import TestSupport
import Testing

/// What a run shows of its progress to a person: a bar on a terminal, a line for each phase elsewhere.
@Suite("Progress on a terminal")
struct TerminalProgressTests {
    /// Runs `create` with a terminal for both outputs, and gives back all that it wrote there.
    private static func create(
        _ arguments: [String] = [], environment: [String: String] = ["TERM": "xterm"]
    ) throws -> String {
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 3))
        var program = RunProgram(["create", "--database", try database.url] + arguments)
        program.arguments += arguments.contains("--progress") ? [] : ["--progress", "auto"]
        program.environment = environment
        program.isOnTerminal = true
        let result = try program.run()
        try #require(result.code == 0, "\(result.stdout)")
        return result.stdout
    }

    private static let erasing = "\r\u{1B}[K"

    @Test("The bar is drawn over itself and taken back before the result")
    func bar() throws {
        let text = try Self.create()
        let drawn = text.split(separator: "\r").filter { $0.hasPrefix("[") }
        #expect(drawn.first == "[....................]  0 %  reading the catalogue: 0 rows\u{1B}[K", "\(text)")
        #expect(drawn.contains { $0.contains("] 40 %  writing the book: 0 of 3 items") })
        #expect(drawn.last?.contains("retaining") == true)
        // All that is on the bar's line when the result begins has been erased.
        let result = try #require(text.range(of: "PNBOOK-"))
        #expect(text[..<result.lowerBound].hasSuffix(Self.erasing), "\(text)")
        #expect(!text[result.lowerBound...].contains("["))
    }

    @Test("A bar that was asked for is taken back where the run fails, too")
    func failed() throws {
        let database = try TestDatabase.loaded(.sqlite, ["lot_partnumbers": "vendor,partnumber,lot_name\n"])
        var program = RunProgram(["create", "--database", try database.url, "--progress", "bar"])
        let result = try program.run()
        #expect(result.code == 14)
        #expect(result.stderr.contains(Self.erasing + "pnbook: "), "\(result.stderr.debugDescription)")
        program.arguments += ["--quiet"]
        #expect(try program.run().code == 14)
    }

    @Test("A terminal that cannot draw, and no terminal, get a line for each phase")
    func plain() throws {
        let phases = ["reading the catalogue", "writing the book", "committing", "retaining"].map { "pnbook: \($0)" }
        let dumb = try Self.create(environment: ["TERM": "dumb"])
        #expect(!dumb.contains("\u{1B}") && !dumb.contains("[#"))
        #expect(dumb.split(separator: "\r\n").prefix(4).map(String.init) == phases)
        let database = try TestDatabase.loaded(.sqlite, Catalogues.plain(parts: 3))
        let result = try database.succeed("create", "--progress", "auto")
        #expect(result.stderr.split(separator: "\n").map(String.init) == phases)
    }

    @Test("--quiet shows nothing, on a terminal neither")
    func quiet() throws {
        #expect(try Self.create(["--quiet"]) == "")
    }
}
