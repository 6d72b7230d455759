import Foundation
import Harness
import TestSupport
import Testing

/// Two nodes of a cluster, and runs on both: no lock is seen from one to the other, and each node may undo what the other
/// has begun.
@Suite("A Galera cluster of two nodes", .serialized)
struct GaleraPairTests {
    /// The same schema, as each of the nodes shows it.
    private struct Scenes {
        let pair: GaleraPair
        let here: PrivateScene
        let there: PrivateScene

        init(isMigrated: Bool) throws {
            pair = try GaleraPair()
            here = try PrivateScene(at: pair.sockets[0], of: pair)
            try here.fill(isMigrated: isMigrated)
            #expect(try here.rows("SHOW STATUS LIKE 'wsrep_cluster_size'") == ["wsrep_cluster_size\t2"])
            there = try PrivateScene(at: pair.sockets[1], of: pair)
            let there = there
            try eventually(30, "the other node has the catalogue") {
                try there.rows("SELECT COUNT(*) FROM lot_partnumbers") == ["40"]
            }
        }

        /// To be asked before anything is expected of runs that met each other.
        func requireNodes() throws {
            if let crash = pair.crash { throw crash }
        }
    }

    /// Runs `body` on a fresh cluster; and anew where a node has crashed meanwhile, at most twice.
    ///
    /// MariaDB 10.11 sometimes ends with a segmentation fault while one node undoes what the other has begun. What the
    /// runs say then is true (they cannot reach it), but shows nothing of what is asked here.
    private static func onPair(isMigrated: Bool = true, _ body: (Scenes) throws -> Void) throws {
        for _ in 1...2 {
            let scenes = try fresh(isMigrated: isMigrated)
            do {
                return try body(scenes)
            } catch {
                guard let crash = scenes.pair.crash else { throw error }
                print("started over: \(crash)")
            }
        }
        try body(fresh(isMigrated: isMigrated))
    }

    /// Servers that do not come up are no concern of ours: others are started, twice at most.
    private static func fresh(isMigrated: Bool) throws -> Scenes {
        for _ in 1...2 {
            do {
                return try Scenes(isMigrated: isMigrated)
            } catch let error where error is TookTooLong || error is ServerFailure {
                print("the cluster is started anew: \(error)")
            }
        }
        return try Scenes(isMigrated: isMigrated)
    }

    /// What must be true on both nodes, whatever has happened.
    private static func expectWhole(_ scenes: Scenes) throws {
        try scenes.requireNodes()
        try eventually(30, "both nodes show the same books") { try scenes.here.books() == scenes.there.books() }
        let books = try scenes.here.books()
        #expect(books.count { $0.hasSuffix(" 1 40") } == 1)
        #expect(books.allSatisfy { $0.hasSuffix(" 40") }, "\(books)")
        #expect(try scenes.here.tasks().filter { $0.hasSuffix("running") } == [])
        #expect(try scenes.there.rows("SHOW STATUS LIKE 'wsrep_cluster_size'") == ["wsrep_cluster_size\t2"])
    }

    @Test("A run on the other node is seen, waited for and followed by its row; a dead one is closed")
    func exclusivity() throws {
        try Self.onPair { scenes in
            let run = try scenes.here.start(
                "create", "--now", "2026-11-02T03:00:00Z", fault: .stop(40))
            try run.waitUntilStopped()
            let comer = try scenes.there.run("create")
            #expect(comer.code == 11, "\(comer.stderr)")
            #expect(
                comer.stderr.contains("partnumber_book_create is running by process \(run.pid) on "), "\(comer.stderr)")
            #expect(try scenes.there.run("create", "--if-running", "skip").code == 0)
            let patient = try scenes.there.start("create", "--wait", "60s", "--now", "2026-11-03T03:00:00Z")
            try patient.waitFor("waiting")
            run.signal(SIGCONT)
            #expect(try run.wait() == 0, "\(run.stderr)")
            #expect(try patient.wait() == 0, "\(patient.stderr)")
            try Self.expectWhole(scenes)
            #expect(
                try scenes.there.books() == [
                    "PNBOOK-2026-11-03-001 1 40", "PNBOOK-2026-11-02-001 0 40", "PNBOOK-2026-11-01-001 0 40",
                ])
            let killed = try scenes.here.start(
                "create", "--now", "2026-11-04T03:00:00Z", fault: .kill(40))
            #expect(try killed.wait() == 137)
            let next = try scenes.there.run("create", "--now", "2026-11-05T03:00:00Z")
            #expect(next.code == 0, "\(next.stderr)")
            try Self.expectWhole(scenes)
            #expect(
                try scenes.here.rows("SELECT error_message FROM pnbook_tasks WHERE status = 'failed'").first?
                    .hasPrefix("process \(killed.pid) on ") == true)
        }
    }

    @Test("Of two that start at the same moment on the two nodes one works, and the other is told")
    func sameMoment() throws {
        try Self.onPair { scenes in
            for round in 1...12 {
                // Just before the row is stored; which call that is, is not the same for ever.
                let stop = Fault.stop(23 + round % 4)
                let now = "2026-11-\(round + 9)T03:00:00Z"
                let both = [
                    try scenes.here.start("create", "--now", now, fault: stop),
                    try scenes.there.start("create", "--now", now, fault: stop),
                ]
                for run in both { try run.waitUntilStopped(orEnded: true) }
                for run in both where run.isRunning { run.signal(SIGCONT) }
                let codes = try both.map { try $0.wait() }
                try scenes.requireNodes()
                #expect(codes.contains(0) && codes.allSatisfy { $0 == 0 || $0 == 11 }, "\(codes) \(both.map(\.stderr))")
            }
            try Self.expectWhole(scenes)
        }
    }

    @Test("A publication that the other node undoes is started over, and the report says so")
    func undone() throws {
        try Self.onPair { scenes in
            let holder = try scenes.here.session()
            try holder.rows("START TRANSACTION")
            // By its key: without one, the gap before the new header would be held as well.
            try holder.rows("UPDATE qt_partnumber_books SET created_by = 'held' WHERE id = 1")
            let run = try scenes.here.start("create", "--now", "2026-11-02T03:00:00Z")
            try scenes.here.waitForWaiterOnOldBook()
            run.signal(SIGSTOP)
            try run.waitUntilStopped()
            try holder.rows("ROLLBACK")
            // It stands in its open transaction, with the old book's row changed. The other node changes that row first.
            try scenes.there.rows("UPDATE qt_partnumber_books SET created_by = 'there' WHERE id = 1")
            try eventually(30, "the change has arrived") {
                try scenes.here.rows("SELECT created_by FROM qt_partnumber_books") == ["there"]
            }
            run.signal(SIGCONT)
            let code = try run.wait()
            try scenes.requireNodes()
            #expect(code == 0, "\(run.stderr)")
            #expect(run.stderr.contains("starting over"), "\(run.stderr)")
            #expect(run.stdout.contains("started over: ") && run.stdout.contains("1213"), "\(run.stdout)")
            try Self.expectWhole(scenes)
            #expect(try scenes.there.books() == ["PNBOOK-2026-11-02-001 1 40", "PNBOOK-2026-11-01-001 0 40"])
            #expect(try scenes.there.tasks().contains("partnumber_book_create completed_with_warnings"))
        }
    }

    @Test("A task ends well while the other node changes its row all the time")
    func taskRow() throws {
        try Self.onPair { scenes in
            let busy = try scenes.there.session(goingOn: true)
            for round in 1...8 {
                let run = try scenes.here.start("create", "--now", "2026-11-\(round + 9)T03:00:00Z")
                while run.isRunning {
                    try busy.rows("UPDATE pnbook_tasks SET heartbeats = heartbeats + 1 WHERE status = 'running'")
                }
                let code = try run.wait()
                try scenes.requireNodes()
                #expect(code == 0, "\(run.stderr)")
                #expect(!run.stderr.contains("could not be marked"), "\(run.stderr)")
            }
            try Self.expectWhole(scenes)
            #expect(try scenes.here.tasks().count { $0 == "partnumber_book_create completed" } == 9)
        }
    }

    @Test("Migrations asked for on both nodes at once are applied once")
    func migrations() throws {
        try Self.onPair(isMigrated: false) { scenes in
            let both = [try scenes.here.start("migrate", "up"), try scenes.there.start("migrate", "up")]
            let codes = try both.map { try $0.wait() }
            try scenes.requireNodes()
            #expect(codes.contains(0) && codes.allSatisfy { $0 == 0 || $0 == 11 }, "\(codes) \(both.map(\.stderr))")
            for scene in [scenes.here, scenes.there] { #expect(try scene.run("migrate", "status").code == 0) }
            #expect(try scenes.there.run("create", "--now", "2026-11-02T03:00:00Z").code == 0)
            try Self.expectWhole(scenes)
        }
    }
}
