import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// The catalogue is changed in all its tables while a run stands still, at one call after another: its book is of one
/// state or of the next, never of both.
@Suite("A book is of one instant", .serialized)
struct OneInstantTests {
    /// Rewrites mappings, bundles and ignore rules in one commit. A book of two editions would have a LOT, a component or
    /// an ignored part number that belongs to the other.
    ///
    /// - Returns: false where somebody else is writing.
    private static func edit(_ connection: any Connection, edition: Int) throws -> Bool {
        do {
            try connection.begin(.write)
        } catch let error as DatabaseError where error.kind == .lockTimeout {
            return false
        }
        try connection.execute("DELETE FROM lot_partnumbers")
        for row in 0..<40 {
            let lot = row % 10 == 0 ? "KIT" : "LOT-\(edition)-\(row % 7)"
            try connection.execute(
                "INSERT INTO lot_partnumbers (vendor, partnumber, lot_name) VALUES ('v', \("PN-\(row)"), \(lot))")
        }
        try connection.execute("UPDATE qt_lot_bundle_items SET lot_name = \("PART-\(edition)") WHERE qty = 1")
        try connection.execute("DELETE FROM qt_vendor_partnumber_seen")
        try connection.execute(
            """
            INSERT INTO qt_vendor_partnumber_seen (vendor, partnumber, is_ignored)
            VALUES ('v', \("PN-\(edition % 40)"), 1)
            """)
        try connection.commit()
        return true
    }

    /// What a book of the catalogue as it stands would be.
    private static func digest(_ scene: Scene) throws -> String {
        let run = try scene.start("create", "--dry-run", "--json").result()
        #expect(run.code == 0, "\(run.stderr)")
        return try #require(try run.json["book"]?["digest"]?.string)
    }

    @Test(
        "Whenever the catalogue is changed, the book is of the state before or of the one after",
        arguments: TestEngine.allCases)
    func everyCall(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let calls = try scene.callCount("create", "--now", "2026-11-02T03:00:00Z")
        let editor = try scene.database.connect()
        defer { editor.close() }
        // Whether a run is writing is to be known at once.
        if engine == .sqlite { try editor.execute("PRAGMA busy_timeout = 0") }
        var old = try Self.digest(scene)
        var (ofOld, ofNew) = (0, 0)
        for call in 5...calls {
            let minute = (call % 60 < 10 ? "0" : "") + String(call % 60)
            let child = try scene.start(
                "create", "--now", "2026-11-02T0\(4 + call / 60):\(minute):00Z",
                fault: .stop(call))
            try child.waitUntilStopped(orEnded: true)
            let before = try scene.books().first?.version
            let isEdited = try Self.edit(editor, edition: call)
            child.signal(SIGCONT)
            #expect(try child.wait() == 0, "call \(call) of \(calls): \(child.stderr)")
            let book = try #require(try scene.books().first)
            // It may have stood in a write of its own on SQLite, or behind its commit.
            guard isEdited else { continue }
            let new = try Self.digest(scene)
            defer { old = new }
            #expect(new != old)
            guard book.version != before else { continue }
            let connection = try scene.database.connect()
            let made = try BookRepository(connection).items.measure(book.id).digest
            connection.close()
            #expect(made == old || made == new, "call \(call) of \(calls): a book of two editions")
            if made == old { ofOld += 1 } else { ofNew += 1 }
        }
        #expect(try scene.brokenPromises() == [])
        // Before the snapshot, and after it.
        #expect(ofNew > 3 && ofOld > 3)
    }

    @Test(
        "Books made while all tables are rewritten over and over are each of one edition",
        arguments: TestEngine.allCases)
    func meanwhile(engine: TestEngine) throws {
        let scene = try Scene(engine)
        let editor = try Editor(scene.database)
        for night in 2...7 {
            #expect(try scene.run("create", "--now", "2026-11-0\(night)T03:00:00Z") == 0)
        }
        let editions = try editor.stop()
        #expect(editions > 12)
        let connection = try scene.database.connect()
        defer { connection.close() }
        // The scene's own book comes before the first edition.
        for book in try scene.books() where book.version != "PNBOOK-2026-11-01-001" {
            let items = try connection.rows(
                "SELECT partnumber, lot_name FROM qt_partnumber_book_items WHERE book_id = \(book.id)"
            ) { ($0.text(0) ?? "", $0.text(1) ?? "") }
            let found = Set(items.compactMap { $0.1.split(separator: "-").dropFirst().first }.compactMap { Int($0) })
            let edition = try #require(found.first)
            #expect(found == [edition], "\(book.version) mixes editions")
            // What this edition ignores is not there, and nothing else is missing.
            let ignored = "PN-\(edition % 40)"
            #expect(!items.contains { $0.0 == ignored }, "\(book.version) has \(ignored)")
            #expect(Set(items.map(\.0)).count == 39, "\(book.version)")
        }
        #expect(try scene.brokenPromises() == [])
    }

    /// Rewrites the catalogue over and over on a thread of its own.
    private final class Editor {
        private nonisolated(unsafe) let connection: any Connection
        private let editions = Locked((tried: 1, made: 0))
        private let thread: LoopThread

        init(_ database: TestDatabase) throws {
            nonisolated(unsafe) let connection = try database.connect()
            self.connection = connection
            // The first edition is there before the first book is made.
            #expect(try OneInstantTests.edit(connection, edition: 1))
            thread = LoopThread { [editions] in
                let edition = editions.withLock { editions in
                    editions.tried += 1
                    return editions.tried
                }
                if try OneInstantTests.edit(connection, edition: edition) { editions.withLock { $0.made += 1 } }
            }
        }

        /// How many editions there were.
        func stop() throws -> Int {
            defer { connection.close() }
            try thread.stop()
            return editions.withLock { $0.made }
        }
    }
}
