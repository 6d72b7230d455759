import Foundation
import Harness
import TestSupport
import Testing

/// How a process ends: at once, without what libraries would do in the end while other threads still use them.
@Suite("The end of a process")
struct ProcessEndTests {
    /// Whether the loader said that it ran the end of a library in the process of a program.
    private static func runsEnds(_ program: String, _ arguments: [String]) throws -> Bool {
        let folder = try ScratchFolder()
        let run = try ChildRun(
            [program] + arguments,
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder.path, "PNBOOK_CONFIG": "/dev/null", "LD_DEBUG": "files",
                "LD_DEBUG_OUTPUT": folder.path + "/said",
            ])
        _ = try run.result(30)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("said") }
        let said = try files.map { try String(contentsOfFile: folder.path + "/" + $0, encoding: .utf8) }
        let own = try #require(said.first { $0.contains("initialize program: " + program) }, "\(files)")
        #expect(own.contains("calling init: "))
        return own.contains("calling fini: ")
    }

    @Test("No library's end is run, whether the work went well or not")
    func ends() throws {
        let database = try TestDatabase.withBook(.sqlite, Catalogues.plain(parts: 2))
        let location = ["--database", "sqlite:" + database.path]
        for arguments in [
            ["--version"], ["list"] + location, ["create", "--quiet"] + location, ["show", "99"] + location,
        ] {
            #expect(try !Self.runsEnds(TestProgram.pnbook.path, arguments), "\(arguments)")
        }
        for arguments in [["--version"], ["--listen", "nowhere"]] {
            #expect(try !Self.runsEnds(TestProgram.web.path, arguments), "\(arguments)")
        }
        // Elsewhere it is: this is what the loader says.
        #expect(try Self.runsEnds("/bin/true", []))
    }
}
