import Chronology
import Database
import Foundation
import MigrationScripts
import Migrations
import PartnumberBooks
import Retention
import Tasks
import TestSupport

/// A database with catalogue and books, and the main job at hand.
final class BookBench {
    let database: TestDatabase
    let reader: any Connection
    let writer: any Connection

    /// A database with the baseline's tables from an empty catalogue, migrated to 028.
    convenience init(_ engine: TestEngine) throws {
        try self.init(TestDatabase(engine))
    }

    init(_ database: TestDatabase) throws {
        self.database = database
        let folder = database.folder + "/empty"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("partnumber,lot_name\n".utf8).write(to: URL(fileURLWithPath: folder + "/lot_partnumbers.csv"))
        writer = try database.connect()
        _ = try CatalogueLoader(folder: folder).prepare(writer, replacing: false)
        let migrating = try database.connect(migrating: true)
        _ = try Self.runner(on: migrating).up { _, _, _ in }
        migrating.close()
        reader = try database.connect()
    }

    deinit {
        reader.close()
        writer.close()
    }

    static func runner(on connection: any Connection) -> MigrationRunner {
        MigrationRunner(
            connection,
            migrations: MigrationScripts.all.map {
                Migration(
                    number: $0.number, name: $0.name, text: connection.engine == .sqlite ? $0.sqlite : $0.mariadb)
            },
            ownTables: [
                BookLedger.definition, FencingToken.definition, BookActivations.definition, BookPins.definition,
            ],
            clock: { Instant(milliseconds: 0) }, who: "manual:test")
    }

    /// Puts the files of `folder` in the catalogue's place.
    func load(_ folder: String) throws {
        _ = try CatalogueLoader(folder: folder).load(into: writer, replacing: true) { _, _ in }
    }

    /// Puts `model` in the catalogue's place.
    func load(_ model: CatalogueModel) throws {
        try writer.transaction(.write) {
            for table in ["lot_partnumbers", "qt_lot_bundles", "qt_lot_bundle_items", "qt_vendor_partnumber_seen"] {
                try writer.execute("DELETE FROM \(identifier: table)")
            }
            for row in model.mappings {
                try writer.execute(
                    """
                    INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description, is_primary_pn)
                    VALUES (\(row.vendor), \(row.partnumber), \(row.lot), \(row.description), \(row.isPrimary))
                    """)
            }
            for name in model.bundles {
                try writer.execute("INSERT INTO qt_lot_bundles (bundle_lot_name) VALUES (\(name))")
            }
            for part in model.components {
                try writer.execute(
                    """
                    INSERT INTO qt_lot_bundle_items (bundle_lot_name, lot_name, qty)
                    VALUES (\(part.bundle), \(part.lot), \(String(part.quantity)))
                    """)
            }
            for row in model.seen {
                try writer.execute(
                    """
                    INSERT INTO qt_vendor_partnumber_seen (partnumber, is_ignored, is_pattern)
                    VALUES (\(row.partnumber), \(row.isIgnored), \(row.isPattern))
                    """)
            }
        }
    }

    func job(
        at now: String = "2026-11-20T03:00:00Z", zone: Zone = .utc, allowShrink: Bool = false,
        sortMemory: Int = 12 << 20
    ) throws -> CreateBook {
        var options = CreateBook.Options(
            now: try instant(now), zone: zone, createdBy: "manual:test", policy: .standard(zone: zone),
            temporaryFolder: database.folder, sortMemory: sortMemory)
        options.allowShrink = allowShrink
        return CreateBook(options: options) { [database] _ in try database.connect() }
    }

    /// Runs the main job as a task.
    @discardableResult
    func create(
        at now: String = "2026-11-20T03:00:00Z", zone: Zone = .utc, allowShrink: Bool = false,
        sortMemory: Int = 12 << 20
    ) throws -> CreateReport {
        let task = try startTask(at: now)
        do {
            let report = try job(at: now, zone: zone, allowShrink: allowShrink, sortMemory: sortMemory).run(task)
            try task.finish(TaskResult(status: .completed, message: "done"))
            return report
        } catch {
            _ = task.fail("\(error)")
            throw error
        }
    }

    func startTask(at now: String = "2026-11-20T03:00:00Z") throws -> RunningTask {
        let start = try instant(now)
        guard let who = TaskTrigger("manual:test") else { throw BadInstant(text: "manual:test") }
        let connection = try connectForTasks()
        return try TaskLauncher(
            .create, id: UUID().uuidString.lowercased(), triggeredBy: who,
            owner: ProcessIdentity(host: "test", pid: 1, bootID: "test", processStart: "1"), place: "test",
            clocks: TaskClocks(run: { start }, machine: { start })
        ).begin(on: connection, lockingOn: connection, reopen: connectForTasks)
    }

    private func connectForTasks() throws -> any Connection {
        switch database.engine {
        case .mariadb: try database.connect()
        case .sqlite: try TestDatabase.sqlite(at: database.path + "-tasks", lockBase: database.path)
        }
    }

    /// The items of a book as the reader's own statement gives them, in the book's order.
    func items(of id: Int64) throws -> [NaiveItem] {
        var items: [NaiveItem] = []
        try BookRepository(reader).items.forEachItem(in: id) { item in
            items.append(
                NaiveItem(
                    partnumber: String(decoding: item.partnumber, as: UTF8.self),
                    lot: String(decoding: item.lot, as: UTF8.self), isPrimary: item.isPrimary,
                    description: item.description.map { String(decoding: $0, as: UTF8.self) }))
        }
        return items
    }

    var shelf: BookRepository { BookRepository(reader) }
}

/// A test's own mistake.
struct BadInstant: Error {
    let text: String
}

func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(iso8601: text) else { throw BadInstant(text: text) }
    return instant
}

/// The project's fixtures.
enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("fixtures").path

    /// Every folder with an expected book.
    static let all: [String] = {
        let rules = (try? FixtureCatalogue.folders(below: folder + "/rules")) ?? []
        return rules + [folder + "/servers"]
    }()
}
