import Database
import Foundation
import Harness
import TestSupport
import Testing

/// Whether the process behind a task still lives, told from `/proc`: process numbers are given again, and kernels too.
@Suite("The owner of a task", .serialized)
struct ProcessIdentityTests {
    /// A run that stands still, and its task's id.
    private static func standing(_ scene: Scene) throws -> (ChildRun, String) {
        let run = try scene.start("create", fault: .stop(25))
        try run.waitUntilStopped()
        return (run, try #require(try scene.tasks().last?.id))
    }

    private static func edit(_ scene: Scene, _ id: String, _ change: String) throws {
        let connection = try scene.taskConnection()
        defer { connection.close() }
        #expect(try connection.execute("UPDATE pnbook_tasks SET \(raw: change) WHERE id = \(id)") == 1)
    }

    /// Appended with either engine.
    private static func joined(_ engine: TestEngine, _ texts: String...) -> String {
        engine == .sqlite ? texts.joined(separator: " || ") : "CONCAT(" + texts.joined(separator: ", ") + ")"
    }

    @Test(
        "A process of that number that was started at another time, or under another kernel, is another one",
        arguments: TestEngine.allCases, [false, true])
    func another(engine: TestEngine, isRebooted: Bool) throws {
        let scene = try Scene(engine)
        let (run, id) = try Self.standing(scene)
        let boot = Self.joined(engine, "'another-kernel'", "SUBSTR(owner_boot, INSTR(owner_boot, '/'))")
        try Self.edit(
            scene, id,
            isRebooted ? "owner_boot = \(boot)" : "owner_start = \(Self.joined(engine, "owner_start", "'0'"))")
        let watcher = try scene.start("task", "watch", id)
        #expect(try watcher.wait(20) == 1)
        #expect(watcher.stderr.contains("the process of task \(id) is gone"))
        run.signal(SIGCONT)
        try run.wait()
    }

    @Test(
        "Of a process on another machine, or in another container, nothing is said that is not known",
        arguments: TestEngine.allCases, ["owner_host = 'elsewhere'", "owner_boot = 'another-kernel/1'"])
    func elsewhere(engine: TestEngine, change: String) throws {
        let scene = try Scene(engine)
        let (run, id) = try Self.standing(scene)
        // A number that nobody has here: it is not looked for here.
        try Self.edit(scene, id, change + ", owner_pid = 99999999")
        let watcher = try scene.start("task", "watch", id)
        try watcher.waitFor("pnbook: ")
        // It has looked by now, and looks again.
        usleep(1_500_000)
        #expect(watcher.isRunning, "\(watcher.stderr)")
        run.signal(SIGCONT)
        #expect(try run.wait() == 0)
        #expect(try watcher.wait(20) == 0)
    }

    @Test("A process that has ended and that nobody has fetched is gone", arguments: TestEngine.allCases)
    func remains(engine: TestEngine) throws {
        let scene = try Scene(engine)
        // A shell that does not wait for its child.
        let known = try scene.tasks().count
        let shell = try Program.start(
            scene.arguments(["create"]), fault: .kill(25), by: ["/bin/sh", "-c", "\"$@\" & exec sleep 600", "sh"])
        defer { shell.signal(SIGTERM) }
        try eventually(30, "the run has begun") { try scene.tasks().count > known }
        let id = try #require(try scene.tasks().last?.id)
        let connection = try scene.taskConnection()
        let pid = try connection.count("SELECT owner_pid FROM pnbook_tasks WHERE id = \(id)")
        connection.close()
        try eventually(30, "the run has ended") {
            try #require(ProcessStatus(of: Int32(pid))).isZombie
        }
        let watcher = try scene.start("task", "watch", id)
        #expect(try watcher.wait(20) == 1)
        #expect(watcher.stderr.contains("the process of task \(id) is gone"))
    }
}
