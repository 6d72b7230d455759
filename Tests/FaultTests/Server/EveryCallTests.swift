import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// Fails at the n-th database call, for every n: once as an error, once as a broken connection, once as `kill -9`.
@Suite("A fault at every database call", .serialized)
struct EveryCallTests {
    @Test("create", arguments: TestEngine.allCases, [Fault.Kind.error, .lost, .kill])
    func create(engine: TestEngine, fault: Fault.Kind) throws {
        let scene = try Scene(engine)
        // An old book to remove beside the one that was active before, so that retention has something to do.
        for hour in 1...2 { #expect(try scene.run("create", "--now", "2026-11-02T0\(hour):00:00Z") == 0) }
        let calls = try scene.callCount("create", "--now", "2026-11-02T03:00:00Z")
        #expect(calls > 20)
        var published = 0
        for number in 1...calls {
            let before = try scene.books().first?.id
            let now = "2026-11-02T\(Self.clock(number))Z"
            let broken = try Program.run(
                scene.arguments(["create", "--now", now]), fault: Fault(fault, at: number))
            let after = try scene.books()
            let what = "\(fault) at call \(number) of \(calls) (exit \(broken.code))"
            #expect(try scene.brokenPromises() == [], "\(what)")
            if after.first?.id != before { published += 1 }
            switch fault {
            case .kill:
                // A night with nothing to remove has a few calls less.
                #expect(broken.code == 137 || (broken.code == 0 && number > calls - 10), "\(what)")
            default:
                // An error that is reported as such has published nothing; a run that says it is done has.
                #expect((broken.code == 0) == (after.first?.id != before), "\(what): \(broken.stderr)")
                #expect(
                    try scene.tasks().allSatisfy { $0.status != "running" } || number <= 3 || fault == .lost, "\(what)"
                )
            }
        }
        // The last faults come after the commit.
        #expect(published > 0)
        // The next plain run needs nobody.
        #expect(try scene.run("create", "--now", "2026-11-03T03:00:00Z") == 0)
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.books().first?.version == "PNBOOK-2026-11-03-001")
        let tasks = try scene.tasks()
        #expect(tasks.allSatisfy { $0.status != "running" })
        if fault == .kill {
            #expect(tasks.contains { $0.status == "failed" && $0.error?.contains("was lost while") == true })
        }
    }

    @Test("migrate up", arguments: TestEngine.allCases, [Fault.Kind.error, .lost, .kill])
    func migrate(engine: TestEngine, fault: Fault.Kind) throws {
        let calls = try Scene(engine, isMigrated: false).callCount("migrate", "up")
        #expect(calls > 20)
        // Each on a database of its own would take long; a run that is broken goes on where the last one stopped.
        let scene = try Scene(engine, isMigrated: false)
        for number in 1...calls {
            let broken = try Program.run(
                scene.arguments(["migrate", "up"]), fault: Fault(fault, at: number))
            if fault == .kill, broken.code != 137 { break }
            #expect(try scene.brokenPromises() == [], "\(fault) at call \(number)")
        }
        #expect(try scene.run("migrate", "up") == 0)
        #expect(try scene.run("migrate", "status") == 0)
        #expect(try scene.run("create") == 0)
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.tasks().allSatisfy { $0.status != "running" })
    }

    @Test("migrate up, from the baseline each time", arguments: TestEngine.allCases)
    func migrateAnew(engine: TestEngine) throws {
        let calls = try Scene(engine, isMigrated: false).callCount("migrate", "up")
        for number in stride(from: 8, through: calls, by: 5) {
            let scene = try Scene(engine, isMigrated: false)
            let broken = try Program.run(
                scene.arguments(["migrate", "up"]), fault: .kill(number))
            #expect(broken.code == 137)
            #expect(try scene.run("migrate", "up") == 0, "kill at call \(number)")
            #expect(try scene.run("create") == 0, "kill at call \(number)")
            #expect(try scene.brokenPromises() == [])
        }
    }

    /// A later time of the day for each round.
    private static func clock(_ number: Int) -> String {
        let two = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
        return two(4 + number / 60) + ":" + two(number % 60) + ":00"
    }
}
