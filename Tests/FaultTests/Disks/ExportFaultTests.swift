import Database
import Foundation
import Harness
import TestSupport
import Testing

/// `export` is broken off wherever it can be: under the file's name stands what stood there, or the new one, whole.
@Suite("A fault while exporting", .serialized)
struct ExportFaultTests {
    /// What is exported, and whether a file stands already. NDJSON goes the way of CSV.
    enum Case: String, CaseIterable, CustomTestStringConvertible {
        case csv = "book.csv"
        case newLocal = "new.db"
        case oldLocal = "old.db"

        var testDescription: String { rawValue }
    }

    /// A database with two books, and a folder to export to.
    private final class Place {
        let scene: Scene
        let folder: String
        let file: String
        private let kind: Case
        /// What stands before each export; nil for nothing.
        private var old: Data?

        init(_ engine: TestEngine, _ kind: Case, rows: Int = 1200) throws {
            scene = try Scene(engine, rows: rows)
            folder = scene.database.folder + "/exported"
            file = folder + "/" + kind.rawValue
            self.kind = kind
            try scene.edit(rows, edition: 2)
            #expect(try scene.run("create", "--now", "2026-11-02T03:00:00Z") == 0)
            try prepare()
            if kind != .newLocal {
                #expect(try scene.run("export", "1", "--to", file) == 0)
                old = try Data(contentsOf: URL(fileURLWithPath: file))
            }
        }

        /// Puts everything as it was before the export.
        func prepare() throws {
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try old?.write(to: URL(fileURLWithPath: file))
        }

        var words: [String] { ["export", kind == .oldLocal ? "all" : "2", "--to", file] }

        /// What stands under the name, in a form that can be compared; `nothing` where no file does.
        func state() throws -> String {
            guard FileManager.default.fileExists(atPath: file) else { return "nothing" }
            guard file.hasSuffix(".db") else { return try String(contentsOfFile: file, encoding: .utf8) }
            let connection = try TestDatabase.sqlite(at: file)
            defer { connection.close() }
            #expect(try connection.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
            return try connection.rows(
                """
                SELECT server_id, is_active, (SELECT COUNT(*) FROM local_partnumber_book_items i WHERE i.book_id = b.id)
                FROM local_partnumber_books b ORDER BY server_id
                """
            ) { row in row.values.indices.map { row.text($0) ?? "" }.joined(separator: " ") }.joined(separator: ", ")
        }

        /// What stands beside the file, but for what SQLite keeps there of a broken transaction; without what makes a
        /// temporary name impossible to guess.
        func beside() throws -> [String] {
            let logs = ["-journal", "-wal", "-shm"].map { kind.rawValue + $0 }
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0 != kind.rawValue && !logs.contains($0) }
                .map { $0.replacing(#/\.[0-9a-f]+\.pnbook-part$/#, with: ".pnbook-part") }
        }

        /// The state before, the state after, and how many database calls lie between.
        func measured() throws -> (before: String, after: String, calls: Int) {
            let before = try state()
            let count = scene.database.folder + "/calls"
            let result = try Program.run(scene.arguments(words), fault: .none(countingInto: count))
            #expect(result.code == 0, "\(result.stderr)")
            let after = try state()
            #expect(after != before)
            return (before, after, Int(try String(contentsOfFile: count, encoding: .utf8)) ?? 0)
        }
    }

    @Test(
        "Killed or failing at every database call", arguments: TestEngine.allCases,
        Case.allCases)
    func everyCall(engine: TestEngine, kind: Case) throws {
        let place = try Place(engine, kind)
        let (before, after, calls) = try place.measured()
        #expect(calls >= 5)
        for fault in [Fault.Kind.kill, .error, .lost] {
            for call in 1...calls {
                try place.prepare()
                let broken = try Program.run(
                    place.scene.arguments(place.words), fault: Fault(fault, at: call))
                let what = "\(fault) at call \(call) of \(calls): \(broken.stderr)"
                #expect(broken.code != 0, "\(what)")
                #expect(try place.state() == before, "\(what)")
                let left = fault == .kill && kind != .oldLocal ? [".\(kind.rawValue).pnbook-part"] : []
                let beside = try place.beside()
                #expect(beside == left || beside == [], "\(what)")
                // Whatever is left, the next one needs nobody.
                guard call % 3 == 0 || call == calls else { continue }
                #expect(try place.scene.run("export", place.words[1], "--to", place.file) == 0, "\(what)")
                #expect(try place.state() == after, "\(what)")
                #expect(try place.beside() == [], "\(what)")
            }
        }
    }

    @Test(
        "A signal takes away what is half written", arguments: TestEngine.allCases, Case.allCases)
    func signal(engine: TestEngine, kind: Case) throws {
        let place = try Place(engine, kind, rows: 30_000)
        let (before, _, calls) = try place.measured()
        try place.prepare()
        // Near the beginning of the items, of which there are many.
        let middle = kind.rawValue.hasSuffix(".db") ? calls - 20 : calls
        for number in [SIGINT, SIGTERM] {
            let child = try place.scene.start(
                "export", place.words[1], "--to", place.file, fault: .stop(middle))
            try child.waitUntilStopped()
            if kind != .oldLocal { #expect(try place.beside() == [".\(kind.rawValue).pnbook-part"]) }
            child.signal(number)
            child.signal(SIGCONT)
            #expect(try child.wait(20) == 128 + number, "\(child.stderr)")
            #expect(child.stderr.contains(number == SIGINT ? "interrupted (Ctrl-C)" : "cancelled by SIGTERM"))
            #expect(try place.state() == before)
            #expect(try place.beside() == [])
        }
    }

    @Test("A full disk: exit 74, and what stood there stays", arguments: Case.allCases)
    func fullDisk(kind: Case) throws {
        let place = try Place(.sqlite, kind, rows: 6000)
        let before = try place.state()
        let disk = try SmallDisk(under: place.folder, leaving: 150)
        let result = try Program.run(place.scene.arguments(place.words))
        #expect(result.code == 74, "\(result.stderr)")
        #expect(result.stderr.contains("cannot write \(place.file)"), "\(result.stderr)")
        #expect(result.stderr.contains("Make room"), "\(result.stderr)")
        #expect(try place.state() == before)
        #expect(try place.beside() == [])
        try disk.leave(20_000)
        #expect(try place.scene.run("export", place.words[1], "--to", place.file) == 0)
        #expect(try place.state() != before)
    }

    @Test("Two exports to one file: the second is told to try again", arguments: [Case.csv, .newLocal])
    func two(kind: Case) throws {
        let place = try Place(.sqlite, kind)
        let (_, after, calls) = try place.measured()
        try place.prepare()
        let first = try place.scene.start(
            "export", "2", "--to", place.file, fault: .stop(calls))
        try first.waitUntilStopped()
        let second = try Program.run(place.scene.arguments(place.words))
        #expect(second.code == 75)
        #expect(second.stderr.contains("another process is writing \(place.file)"))
        first.signal(SIGCONT)
        #expect(try first.wait() == 0, "\(first.stderr)")
        #expect(try place.state() == after)
        #expect(try place.beside() == [])
    }

    @Test("A client that makes its own file meanwhile keeps it")
    func appeared() throws {
        let place = try Place(.sqlite, .newLocal)
        let calls = try place.measured().calls
        try place.prepare()
        let export = try place.scene.start(
            "export", "2", "--to", place.file, fault: .stop(calls))
        try export.waitUntilStopped()
        let client = try TestDatabase.sqlite(at: place.file)
        try client.execute("CREATE TABLE quotes (id INTEGER PRIMARY KEY)")
        client.close()
        export.signal(SIGCONT)
        #expect(try export.wait() == 75)
        #expect(export.stderr.contains("\(place.file) was not there a moment ago; it was not changed"))
        let again = try TestDatabase.sqlite(at: place.file)
        #expect(try again.columns(of: "quotes") != nil)
        again.close()
        #expect(try place.beside() == [])
    }
}
