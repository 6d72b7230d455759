import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@Suite("Whoever reads stderr does not", .serialized)
struct StuckOutputTests {
    @Test(
        "A run whose stderr nobody reads goes on, publishes and ends", arguments: TestEngine.allCases,
        ["json", "plain"])
    func nobodyReads(engine: TestEngine, style: String) throws {
        let scene = try Scene(engine)
        let pipe = scene.database.folder + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let writer = open(pipe, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        defer {
            close(reader)
            close(writer)
        }
        // Full to the brim: the first byte that the program says has nowhere to go.
        let block = [UInt8](repeating: 120, count: 4096)
        while write(writer, block, block.count) > 0 {}
        while write(writer, block, 1) > 0 {}
        let run = try Program.start(
            scene.arguments(["create", "--now", "2027-11-20T03:00:00Z", "--progress", style]),
            by: ["/bin/sh", "-c", "exec \"$@\" 2>'\(pipe)' >/dev/null", "sh"])
        #expect(try run.wait() == 0)
        #expect(try scene.books().first?.version == "PNBOOK-2027-11-20-001")
        #expect(try scene.tasks().last?.status == "completed")
    }
}
