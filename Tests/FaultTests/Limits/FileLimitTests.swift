import Harness
import TestSupport
import Testing

/// How many files a process may have open, and how large one may be.
@Suite("Limits of files")
struct FileLimitTests {
    @Test("Too few descriptors end a run at once, which names the limit; the next one succeeds", arguments: 4...20)
    func descriptors(limit: Int) throws {
        let scene = try Scene(.sqlite)
        let result = try Program.start(
            scene.arguments(["create"]), by: ["prlimit", "--nofile=\(limit)"]
        ).result(30)
        #expect([0, 75].contains(result.code), "\(limit): \(result.code) \(result.stderr)")
        if result.code != 0 { #expect(result.stderr.contains("ulimit -n"), "\(result.stderr)") }
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.run("create") == 0)
    }

    @Test("A limit on the size of files is a full disk", arguments: [0, 1, 4096, 20_000, 65_536, 100_000])
    func size(limit: Int) throws {
        let scene = try Scene(.sqlite)
        let result = try Program.start(
            scene.arguments(["create"]), by: ["prlimit", "--fsize=\(limit)"]
        ).result(30)
        // Where stderr is a file, it has the same limit.
        #expect([74, 75].contains(result.code), "\(limit): \(result.code) \(result.stderr)")
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.run("create") == 0)
    }
}
