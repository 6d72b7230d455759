import Foundation
import Harness
import TestSupport
import Testing

/// A run that is killed while its monitor's curl still waits for an answer.
@Suite("A killed run with a slow monitor")
struct SlowMonitorTests {
    @Test("The next run need not wait for curl", arguments: TestEngine.allCases)
    func killed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let calls = try scene.callCount("create")
        let folder = try ScratchFolder()
        // Waits until the test is over: nobody writes.
        #expect(mkfifo(folder.path + "/answer", 0o600) == 0)
        let answer = open(folder.path + "/answer", O_RDWR | O_CLOEXEC)
        defer { close(answer) }
        try folder.write(
            "#!/bin/sh\necho $$ > \(folder.path)/pid; exec timeout 60 cat \(folder.path)/answer\n", to: "curl",
            mode: 0o755)
        let run = try scene.start(
            "create", fault: .stop(calls / 2),
            environment: ["PNBOOK_PING_URL": "http://127.0.0.1:1/x", "PATH": folder.path + ":/usr/bin:/bin"])
        try run.waitUntilStopped()
        try eventually(20, "curl runs") { FileManager.default.fileExists(atPath: folder.path + "/pid") }
        run.signal(SIGKILL)
        #expect(try run.wait() == 137)
        let text = try String(contentsOfFile: folder.path + "/pid", encoding: .utf8)
        let curl = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // A server takes a moment to see that a connection is gone.
        try eventually(5, "the next run succeeds") { try scene.run("create") == 0 }
        #expect(kill(curl, 0) == 0, "curl still waits")
        kill(curl, SIGKILL)
        #expect(try scene.brokenPromises() == [])
    }
}
