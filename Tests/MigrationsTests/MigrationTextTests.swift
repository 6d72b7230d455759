import Crypto
import Foundation
import MigrationScripts
import Testing

@testable import Migrations

@Suite("Migration texts")
struct MigrationTextTests {
    private static func migrations(_ text: KeyPath<MigrationScripts.Script, String>) -> [Migration] {
        MigrationScripts.all.map { Migration(number: $0.number, name: $0.name, text: $0[keyPath: text]) }
    }

    /// Frozen means frozen: an edited text is another migration to every database that has applied it.
    @Test("The texts are the ones that were frozen")
    func frozen() {
        let checksums = (Self.migrations(\.mariadb) + Self.migrations(\.sqlite)).map {
            "\($0.number) \($0.checksum.prefix(12))"
        }
        #expect(checksums == Self.frozenChecksums)
    }

    static let frozenChecksums = [
        "26 749b61362837", "27 bc37f62d567e", "28 e2476638be5f", "26 92385e87052e", "27 796d02eb0a55",
        "28 6f111f865447",
    ]

    @Test("The embedded texts are the files' own, and no file is left out")
    func embedded() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
        #expect(files.count == 2 * MigrationScripts.all.count)
        for script in MigrationScripts.all {
            for (engine, text) in [("mariadb", script.mariadb), ("sqlite", script.sqlite)] {
                let name = "\(Migration.label(script.number))_\(script.name).\(engine).sql"
                #expect(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) == text)
            }
        }
    }

    @Test(
        "Twins make the same objects in the same order, but for how one is stored; on MariaDB each step is one statement"
    )
    func twins() {
        let storage = Self.migrations(\.mariadb).flatMap(\.steps).filter(\.object.isStorage)
        #expect(storage.map(\.object.name) == ["qt_partnumber_book_items.description as TEXT"])
        #expect(Self.migrations(\.sqlite).flatMap(\.steps).filter(\.object.isStorage).isEmpty)
        for (mariadb, sqlite) in zip(Self.migrations(\.mariadb), Self.migrations(\.sqlite)) {
            #expect(mariadb.steps.map(\.object).filter { !$0.isStorage } == sqlite.steps.map(\.object))
            #expect(mariadb.steps.allSatisfy { $0.statements.count == 1 })
            #expect(!mariadb.steps.isEmpty)
        }
    }

    @Test("Line ends and a byte order mark do not change the checksum, anything else does")
    func checksum() {
        let text = "-- a\n-- step: qt_partnumber_books.version\nALTER TABLE x;\n"
        let plain = Migration(number: 27, name: "x", text: text)
        let windows = Migration(
            number: 27, name: "x", text: "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n"))
        #expect(windows.checksum == plain.checksum)
        #expect(windows.steps.map(\.statements) == [["ALTER TABLE x"]])
        #expect(Migration(number: 27, name: "x", text: text + " ").checksum != plain.checksum)
        #expect(plain.checksum == SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined())
    }

    @Test("Semicolons in quotes and comments end no statement")
    func splitting() {
        let script = """
            -- one; two
            CREATE TABLE `a;b` (c TEXT DEFAULT 'it''s; "x"'); # rest; of it
            /* ; */ INSERT INTO t VALUES (";", '--', '#');

            ;
            SELECT 1 - 2
            """
        #expect(
            SQLScript.statements(in: script) == [
                "CREATE TABLE `a;b` (c TEXT DEFAULT 'it''s; \"x\"')", "INSERT INTO t VALUES (\";\", '--', '#')",
                "SELECT 1 - 2",
            ])
    }

    @Test("A combining mark hides neither a semicolon nor a quote: scripts are cut as servers cut them, by code points")
    func splittingMarks() {
        let mark = "\u{301}"
        #expect(SQLScript.statements(in: "SELECT 1;\(mark) ; SELECT 2") == ["SELECT 1", mark, "SELECT 2"])
        #expect(
            SQLScript.statements(in: "SELECT '\(mark);x'\(mark); SELECT 2") == [
                "SELECT '\(mark);x'\(mark)", "SELECT 2",
            ])
        #expect(SQLScript.statements(in: "SELECT 1 --\(mark);\n; SELECT 2 /*\(mark);*/") == ["SELECT 1", "SELECT 2"])
    }
}
