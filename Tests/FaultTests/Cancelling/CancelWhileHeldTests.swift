import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// Somebody holds what a run needs: rows or a table on MariaDB, the one writer's place on SQLite. Cancelling does not
/// wait for them.
@Suite("Cancelling a run that waits for somebody", .serialized)
struct CancelWhileHeldTests {
    enum Command: String, CaseIterable, CustomTestStringConvertible {
        case create, prune, load, migrate

        var testDescription: String { rawValue }

        func arguments(_ scene: Scene) -> [String] {
            switch self {
            case .create: ["create", "--now", "2027-11-20T03:00:00Z"]
            case .prune: ["prune", "--now", "2026-11-01T12:00:00Z"]
            case .load: ["load", scene.database.folder + "/catalogue", "--replace"]
            case .migrate: ["migrate", "up"]
            }
        }

        var type: String {
            switch self {
            case .create: "partnumber_book_create"
            case .prune: "partnumber_book_retention"
            case .load: "catalogue_load"
            case .migrate: "schema_migrate"
            }
        }
    }

    /// A catalogue with two books of a day, so that `prune` has one to remove; before 026 for `migrate`.
    private static func scene(_ engine: TestEngine, for verb: Command) throws -> Scene {
        let scene = try Scene(engine, isMigrated: verb != .migrate)
        guard verb == .prune else { return scene }
        let editor = try scene.database.connect()
        defer { editor.close() }
        try editor.transaction(.write) {
            try editor.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES ('PNBOOK-2026-11-01-000', '2026-11-01 02:00:00.000', 'by hand', 0)
                """)
            try editor.execute(
                """
                INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name)
                VALUES (\(editor.lastInsertedID), 'PN-1', 'LOT-1')
                """)
        }
        return scene
    }

    /// Holds what `verb` will need, until it is rolled back.
    private static func hold(_ scene: Scene, against verb: Command) throws -> any Connection {
        let holder = try scene.database.connect()
        try holder.begin(.write)
        if holder.engine == .mariadb {
            switch verb {
            case .create, .prune: try holder.execute("UPDATE qt_partnumber_books SET created_by = 'held'")
            case .load: try holder.execute("UPDATE lot_partnumbers SET description = 'held'")
            case .migrate: _ = try holder.count("SELECT COUNT(*) FROM lot_partnumbers")
            }
        }
        return holder
    }

    /// Waits until the run has begun and, as far as that can be seen from outside, until it waits. On SQLite it cannot
    /// get on whenever it comes there.
    private static func waitForTask(_ scene: Scene, _ verb: Command, _ known: Set<String>) throws -> String {
        var id: String?
        try eventually(30, "the run has begun") {
            id = try scene.tasks().first { !known.contains($0.id) && $0.status == "running" }?.id
            return id != nil
        }
        if scene.database.engine == .mariadb { try scene.database.waitForWaiter() }
        return try #require(id)
    }

    /// The heartbeat looks every half second; then the statement is stopped. SQLite would wait for ten seconds, and
    /// MariaDB as well.
    private static let limit = 7.0

    @Test(
        "task cancel ends a run that waits for somebody, its watcher with it, and undoes the work",
        arguments: TestEngine.allCases, Command.allCases)
    func byRequest(engine: TestEngine, verb: Command) throws {
        let scene = try Self.scene(engine, for: verb)
        let known = try scene.taskIDs()
        let before = try Self.contents(scene)
        let holder = try Self.hold(scene, against: verb)
        let child = try Program.start(scene.arguments(verb.arguments(scene)))
        let id = try Self.waitForTask(scene, verb, known)
        let watcher = try scene.start("task", "watch", id)
        try watcher.waitFor("pnbook: ")
        #expect(child.isRunning && watcher.isRunning)
        #expect(try scene.run("task", "cancel", id, "--triggered-by", "manual:ann") == 0)
        #expect(try child.wait(Self.limit) == 143, "\(child.stderr)")
        #expect(child.stderr.contains("cancelled by manual:ann; what was not committed was undone"), "\(child.stderr)")
        #expect(try watcher.wait(Self.limit) == 143)
        #expect(watcher.stdout.contains("cancelled"))
        let task = try scene.newTask(since: known)
        #expect(task.status == "cancelled")
        #expect(task.error == "cancelled by manual:ann; what was not committed was undone")
        try holder.rollback()
        holder.close()
        #expect(try Self.contents(scene) == before)
        // Whoever comes next is not held up by it.
        let next = try Program.run(scene.arguments(verb.arguments(scene)))
        #expect(next.code == 0, "\(next.stderr)")
    }

    @Test(
        "A signal ends a run that waits for somebody", arguments: TestEngine.allCases, Command.allCases)
    func bySignal(engine: TestEngine, verb: Command) throws {
        let scene = try Self.scene(engine, for: verb)
        let known = try scene.taskIDs()
        let before = try Self.contents(scene)
        let holder = try Self.hold(scene, against: verb)
        let child = try Program.start(scene.arguments(verb.arguments(scene)))
        _ = try Self.waitForTask(scene, verb, known)
        child.signal(SIGTERM)
        #expect(try child.wait(Self.limit) == 143, "\(child.stderr)")
        #expect(try scene.newTask(since: known).status == "cancelled")
        try holder.rollback()
        holder.close()
        #expect(try Self.contents(scene) == before)
    }

    @Test("So does one that waits with its book made, for SQLite's one writer")
    func publishing() throws {
        let scene = try Scene(.sqlite)
        let (before, known) = (try scene.books(), try scene.taskIDs())
        let child = try scene.start("create", "--now", "2027-11-20T03:00:00Z", fault: .stop(22))
        try child.waitUntilStopped()
        #expect(!child.stderr.contains("writing the book"))
        let holder = try scene.database.connect()
        try holder.begin(.write)
        child.signal(SIGCONT)
        try child.waitFor("writing the book")
        #expect(try scene.run("task", "cancel", try scene.newTask(since: known).id) == 0)
        #expect(try child.wait(Self.limit) == 143, "\(child.stderr)")
        try holder.rollback()
        holder.close()
        #expect(try scene.books() == before)
        #expect(try scene.newTask(since: known).status == "cancelled")
    }

    /// The catalogue and the books, row by row.
    private static func contents(_ scene: Scene) throws -> [[String]] {
        let connection = try scene.database.connect()
        defer { connection.close() }
        let queries: [(table: String, rows: SQL)] = [
            ("lot_partnumbers", "SELECT partnumber, lot_name, description FROM lot_partnumbers ORDER BY partnumber"),
            ("qt_partnumber_books", "SELECT version, is_active, created_by FROM qt_partnumber_books ORDER BY id"),
            (
                "qt_partnumber_book_items",
                "SELECT book_id, partnumber, lot_name FROM qt_partnumber_book_items ORDER BY book_id, partnumber, lot_name"
            ),
        ]
        return try queries.flatMap { table, rows in
            guard try connection.columns(of: table) != nil else { return [[String]]() }
            return try connection.rows(rows) { row in row.values.map { "\($0)" } }
        }
    }
}
