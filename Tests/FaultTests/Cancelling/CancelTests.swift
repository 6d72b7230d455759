import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

@Suite("Cancelling", .serialized)
struct CancelTests {
    @Test(
        "A signal undoes the work within five seconds, also in the middle of a statement", arguments: [SIGINT, SIGTERM])
    func longStatement(number: Int32) throws {
        let scene = try Scene(.mariadb)
        let before = try scene.books()
        // Somebody holds the books' rows, and our statement waits for them.
        let other = try scene.database.connect()
        try other.begin(.write)
        _ = try other.count("SELECT COUNT(*) FROM qt_partnumber_books WHERE id > 0 FOR UPDATE")
        _ = try other.execute("UPDATE qt_partnumber_books SET created_by = 'held'")
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z")
        try child.waitFor("writing the book")
        usleep(500_000)
        #expect(child.isRunning)
        child.signal(number)
        #expect(try child.wait(5) == 128 + number)
        #expect(child.stderr.contains(number == SIGINT ? "interrupted (Ctrl-C)" : "cancelled by SIGTERM"))
        try other.rollback()
        other.close()
        #expect(try scene.books() == before)
        #expect(try scene.tasks().last?.status == "cancelled")
    }

    @Test("A signal while reading ends as cancelled on both engines", arguments: TestEngine.allCases)
    func whileReading(engine: TestEngine) throws {
        let scene = try Scene(engine, rows: 60_000)
        let before = try scene.books()
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z")
        try child.waitFor("reading the catalogue")
        child.signal(SIGTERM)
        let code = try child.wait(5)
        // The run may have been past stopping; then it is done, whole.
        #expect(code == 143 || (code == 0 && child.stderr.contains("committing")), "\(code) \(child.stderr)")
        if code == 143 {
            #expect(try scene.books() == before)
            #expect(try scene.tasks().last?.status == "cancelled")
        }
        #expect(try scene.brokenPromises() == [])
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
    }

    @Test("A second signal leaves at once", arguments: TestEngine.allCases)
    func secondSignal(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let child = try scene.start("create", fault: .stop(25))
        try child.waitUntilStopped()
        // Two signals of one kind would be one; the program is stopped and cannot heed the first.
        child.signal(SIGINT)
        child.signal(SIGTERM)
        child.signal(SIGCONT)
        let code = try child.wait(5)
        #expect(code == 130 || code == 143)
        #expect(try scene.run("create") == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test(
        "Another process asks for the end, and the one that watches ends as the task did",
        arguments: TestEngine.allCases)
    func fromElsewhere(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let before = try scene.books()
        let child = try scene.start("create", fault: .stop(25))
        try child.waitUntilStopped()
        let id = try #require(try scene.tasks().last?.id)
        let watcher = try scene.start("task", "watch", id)
        #expect(try scene.run("task", "cancel", id, "--triggered-by", "manual:ann") == 0)
        // It lives long enough for its heart to hear of it: held up once more, by a lock, where there is one.
        child.signal(SIGCONT)
        let code = try child.wait()
        #expect(code == 143 || code == 0)
        #expect(try watcher.wait() == code)
        if code == 143 {
            #expect(try scene.books() == before)
            #expect(child.stderr.contains("cancelled by manual:ann"))
        }
        #expect(try scene.run("task", "cancel", id) == 1)
    }
}
