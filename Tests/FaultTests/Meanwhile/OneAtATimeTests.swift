import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@Suite("One run at a time", .serialized)
struct OneAtATimeTests {
    /// The call at which a run stands in the middle of its work: after its start, before its commit.
    private static let middle = 25

    @Test(
        "While one works, twenty others are told who holds the database, and it is not disturbed",
        arguments: TestEngine.allCases)
    func twenty(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let worker = try scene.start("create", fault: .stop(Self.middle))
        try worker.waitUntilStopped()
        let verbs = [["create"], ["prune", "--approve", "0123456789abcdef"], ["create"], ["migrate", "up"]]
        let others = try (0..<20).map { try Program.start(scene.arguments(verbs[$0 % 4])) }
        for (index, other) in others.enumerated() {
            let code = try other.wait()
            // Nothing is pending, so 'migrate up' has nothing to hold; a plan that does not exist is refused.
            if verbs[index % 4][0] == "create" {
                #expect(code == 11, "\(other.stderr)")
                #expect(other.stderr.contains("process \(worker.pid) on "))
                #expect(other.stderr.contains("partnumber_book_create is running"))
            }
        }
        #expect(try Program.run(scene.arguments(["create", "--if-running", "skip"])).code == 0)
        let patient = try scene.start("create", "--wait", "60s", "--now", "2026-12-01T03:00:00Z")
        try patient.waitFor("waiting")
        worker.signal(SIGCONT)
        #expect(try worker.wait() == 0)
        #expect(try patient.wait() == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test("Of twenty starts at once none disturbs another", arguments: TestEngine.allCases)
    func atOnce(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let all = try (0..<20).map { _ in try scene.start("create") }
        let codes = try all.map { try $0.wait() }
        #expect(codes.allSatisfy { $0 == 0 || $0 == 11 }, "\(codes) \(all.map(\.stderr))")
        #expect(codes.contains(0))
        #expect(try scene.brokenPromises() == [])
        // Each that worked has published one book; retention keeps the newest of the day.
        #expect(try scene.tasks().count == 3 + codes.count { $0 == 0 })
        #expect(try scene.tasks().allSatisfy { $0.status.hasPrefix("completed") })
    }

    @Test("A run that was presumed dead and wakes up later publishes nothing")
    func fencedOff() throws {
        let scene = try Scene(.mariadb)
        let calls = try scene.callCount("create", "--now", "2026-11-20T03:00:00Z")
        let sleeper = try scene.start(
            "create", "--now", "2026-11-21T03:00:00Z", fault: .stop(calls / 2))
        try sleeper.waitUntilStopped()
        // The server gives up the connection that said nothing for a minute; the test does not wait so long.
        let server = try scene.database.connect()
        let holder = try server.count("SELECT IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':books'))")
        #expect(holder > 0)
        try server.execute("KILL CONNECTION \(raw: String(holder))")
        try eventually(10, "the lock is free") {
            try server.count("SELECT COALESCE(IS_USED_LOCK(CONCAT('pnbook:', MD5(DATABASE()), ':books')), 0)") == 0
        }
        server.close()
        #expect(try scene.run("create", "--now", "2026-11-22T03:00:00Z") == 0)
        let books = try scene.books().map(\.version)
        sleeper.signal(SIGCONT)
        #expect(try sleeper.wait() != 0)
        #expect(try scene.books().map(\.version) == books)
        #expect(books.first == "PNBOOK-2026-11-22-001")
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.tasks().contains { $0.status == "failed" && $0.error?.contains("was lost while") == true })
    }

    @Test("A killed run is closed as failed, and the next one starts at once", arguments: TestEngine.allCases)
    func killed(engine: TestEngine) throws {
        let scene = try Scene(engine)
        #expect(try scene.start("create", fault: .kill(Self.middle)).wait() == 137)
        #expect(try scene.tasks().last?.status == "running")
        let began = ContinuousClock.now
        #expect(try scene.run("create") == 0)
        // Bounded, not measured: no lease is waited for on one machine.
        #expect(ContinuousClock.now - began < .seconds(15))
        let lost = try scene.tasks().first { $0.status == "failed" }
        #expect(lost?.error?.contains("was lost while") == true)
    }
}
