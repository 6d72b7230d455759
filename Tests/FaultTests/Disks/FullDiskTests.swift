import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// No room left under SQLite, under its tasks, and under the sort: nothing is published, and room is all it takes.
@Suite("A full disk", .serialized)
struct FullDiskTests {
    /// Fills every description, so that the next book takes about `rows` × `bytes`.
    private static func lengthen(_ scene: Scene, to bytes: Int) throws {
        let editor = try scene.database.connect()
        defer { editor.close() }
        try editor.execute("UPDATE lot_partnumbers SET description = \(String(repeating: "x", count: bytes))")
    }

    /// The old book is what it was, and the task says that it failed.
    private static func expectUndone(
        _ scene: Scene, _ before: [BookHeader], since known: Set<String>, saying words: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try scene.books() == before, sourceLocation: sourceLocation)
        #expect(try scene.brokenPromises() == [], sourceLocation: sourceLocation)
        let task = try scene.newTask(since: known)
        #expect(task.status == "failed", sourceLocation: sourceLocation)
        for word in words { #expect(task.error?.contains(word) == true, "\(task)", sourceLocation: sourceLocation) }
    }

    /// How far the run has come when the disk is full.
    enum Moment: String, CaseIterable, CustomTestStringConvertible {
        /// There is not even room for the texts alone: nothing is written.
        case beforehand = "reading the catalogue"
        /// There is room for the texts, and not for what comes with them; the book waits in the page cache.
        case committing = "committing"

        var testDescription: String { rawValue }
        var rows: Int { self == .committing ? 2000 : 6000 }
        var bytes: Int { self == .committing ? 600 : 5000 }
        /// KiB.
        var room: Int { self == .committing ? 1650 : 6000 }
        var word: String { self == .beforehand ? "would grow by at least" : "is full" }
    }

    @Test(
        "SQLite's disk is full in the middle: exit 75, the old book is active, and room is all it takes",
        arguments: Moment.allCases)
    func database(moment: Moment) throws {
        let scene = try Scene(.sqlite, rows: moment.rows)
        try Self.lengthen(scene, to: moment.bytes)
        let disk = try SmallDisk(under: scene.database.folder, leaving: moment.room)
        let (before, known) = (try scene.books(), try scene.taskIDs())
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z")
        #expect(try child.wait() == 75, "\(child.stderr)")
        for word in [scene.database.path, moment.word, "nothing was changed. Make room for the database"] {
            #expect(child.stderr.contains(word), "\(child.stderr)")
        }
        try Self.expectUndone(scene, before, since: known, saying: [moment.word, "nothing was changed"])
        let message = try scene.message(ofTask: try scene.newTask(since: known).id)
        #expect(message.hasPrefix("stopped while \(moment.rawValue)"), "\(message)")
        try disk.leave(200_000)
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
        #expect(try scene.books().first?.version == "PNBOOK-2027-11-21-001")
        #expect(try scene.brokenPromises() == [])
    }

    @Test("Without a byte of room every verb says so, and changes nothing")
    func nothingLeft() throws {
        let scene = try Scene(.sqlite)
        let disk = try SmallDisk(under: scene.database.folder, leaving: 0)
        try disk.fill()
        for verb in [
            ["create"], ["prune"], ["load", scene.database.folder + "/catalogue", "--replace"], ["list"],
            ["task", "list"],
        ] {
            let run = try Program.run(scene.arguments(verb))
            #expect(run.code == 75, "\(verb): \(run.stderr)")
            #expect(run.stderr.contains("Make room for the database"), "\(verb): \(run.stderr)")
        }
        try disk.makeRoom()
        try disk.leave(100_000)
        #expect(try scene.books().map(\.version) == ["PNBOOK-2026-11-01-001"])
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test(
        "A limit on the size of files is a full disk as well, whatever becomes of its signal",
        arguments: [LimitedRun.Signal.ignored, .standard])
    func fileSize(signal: LimitedRun.Signal) throws {
        let scene = try Scene(.sqlite, rows: 2000)
        try Self.lengthen(scene, to: 600)
        let (before, known) = (try scene.books(), try scene.taskIDs())
        let run = try LimitedRun.run(
            scene.arguments(["create", "--now", "2027-11-20T03:00:00Z"]), kilobytes: 400, signal)
        #expect(run.code == 75, "\(run.stderr)")
        #expect(run.stderr.contains("nothing was changed. Make room for the database"), "\(run.stderr)")
        try Self.expectUndone(scene, before, since: known, saying: ["Make room"])
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test("SQLite's tasks lie beside the database: a link to another disk is refused by name, and nothing is begun")
    func tasksElsewhere() throws {
        let scene = try Scene(.sqlite)
        let disk = try SmallDisk(kilobytes: 1024)
        let file = scene.database.path + "-tasks"
        try FileManager.default.moveItem(atPath: file, toPath: disk.path + "/tasks")
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: disk.path + "/tasks")
        let before = try scene.books()
        let run = try Program.run(scene.arguments(["create", "--now", "2027-11-20T03:00:00Z"]))
        #expect(run.code == 69 && run.stderr.contains("books.db-tasks: this is a symbolic link"), "\(run.stderr)")
        #expect(try scene.books() == before)
    }

    @Test("The sort's disk is full: exit 74, and the place is named", arguments: TestEngine.allCases)
    func sort(engine: TestEngine) throws {
        let scene = try Scene(engine, rows: 6000)
        try Self.lengthen(scene, to: 5000)
        let disk = try SmallDisk(kilobytes: 1024)
        try disk.fill()
        let (before, known) = (try scene.books(), try scene.taskIDs())
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", environment: ["TMPDIR": disk.path])
        #expect(try child.wait() == 74, "\(child.stderr)")
        for word in [disk.path, "No space left on device", "Make room there or point TMPDIR elsewhere"] {
            #expect(child.stderr.contains(word), "\(child.stderr)")
        }
        try Self.expectUndone(scene, before, since: known, saying: [disk.path, "No space left on device"])
        // Nothing is left behind there either.
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["filler"])
        #expect(try scene.run("create", "--now", "2027-11-21T03:00:00Z") == 0)
        #expect(try scene.brokenPromises() == [])
    }

    @Test("The sort's file meets a limit on its size: exit 74, and the place is named")
    func sortFileSize() throws {
        let scene = try Scene(.mariadb, rows: 6000)
        try Self.lengthen(scene, to: 5000)
        let (before, known) = (try scene.books(), try scene.taskIDs())
        let run = try LimitedRun.run(
            scene.arguments(["create", "--now", "2027-11-20T03:00:00Z"]), kilobytes: 4096, .ignored,
            environment: ["TMPDIR": scene.database.folder])
        #expect(run.code == 74, "\(run.stderr)")
        for word in ["cannot write a temporary file in \(scene.database.folder)", "File too large"] {
            #expect(run.stderr.contains(word), "\(run.stderr)")
        }
        try Self.expectUndone(scene, before, since: known, saying: ["File too large"])
    }
}
