import Database
import Foundation
import Harness
import TestSupport
import Testing

/// A machine or a service that gives no more threads: whichever of them is the one that cannot be had.
@Suite("No more threads", .serialized)
struct ThreadLimitTests {
    @Test(
        "A creation that gets too few threads ends at once with 75 and the way out, and leaves nothing behind",
        arguments: TestEngine.allCases)
    func creating(engine: TestEngine) throws {
        let scene = try Scene(engine)
        var missing: [String] = []
        for limit in ThreadLimitedRun.limits {
            let known = try scene.taskIDs()
            let arguments = scene.arguments(["create", "--now", "2027-11-20T03:00:00Z"])
            let run = try ThreadLimitedRun.run(arguments, limit: limit)
            let (code, stderr) = (run.code, run.stderr)
            if code == 0 { break }
            #expect(code == 75, "\(limit): \(stderr)")
            let thread = try #require(stderr.firstMatch(of: /the thread '(\w+)' could not be started/)?.1, "\(stderr)")
            missing.append(String(thread))
            #expect(stderr.contains("ulimit -u"), "\(stderr)")
            // Begun or not: it has no task, or one that has failed and says why.
            for task in try scene.tasks() where !known.contains(task.id) {
                #expect(task.status == "failed")
                #expect(task.error?.contains("the thread '\(thread)' could not be started") == true)
                #expect(try scene.exitCode(ofTask: task.id) == 75)
            }
            #expect(try scene.brokenPromises() == [])
            #expect(try scene.books().count == 1)
        }
        let threads = getuid() == 0 ? ["signals", "observer", "heartbeat", "rules"] : ["signals"]
        #expect(missing.starts(with: threads), "\(missing)")
        // Those that have ended before, with the rules and the active book, may still be counted when the one that merges starts.
        #expect(missing.dropFirst(threads.count).allSatisfy { $0 == "merge" }, "\(missing)")
        // The lock is free, whatever became of those runs.
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
    }

    @Test("A verification that cannot read ahead ends with 75 as well", arguments: TestEngine.allCases)
    func verifying(engine: TestEngine) throws {
        let scene = try Scene(engine)
        try scene.edit(40, edition: 2)
        let run = try ThreadLimitedRun.run(scene.arguments(["verify", "--against-catalogue"]), limit: 1)
        #expect(run.code == 75, "\(run.stderr)")
        #expect(run.stderr.contains("the thread 'rules' could not be started"), "\(run.stderr)")
    }
}

extension Scene {
    fileprivate func exitCode(ofTask id: String) throws -> Int {
        let connection = try taskConnection()
        defer { connection.close() }
        return try connection.count("SELECT exit_code FROM pnbook_tasks WHERE id = \(id)")
    }
}
