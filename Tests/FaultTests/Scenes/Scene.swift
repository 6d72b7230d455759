import Database
import Foundation
import Harness
import PartnumberBooks
import TestSupport
import Testing

/// A database with a catalogue, on which the program is run and broken.
final class Scene {
    let database: TestDatabase
    let url: String
    private let folder: String

    /// - Parameters:
    ///   - rows: mappings in the catalogue, one in ten of a bundle.
    ///   - isMigrated: to 028, with one book.
    init(_ engine: TestEngine, rows: Int = 40, isMigrated: Bool = true) throws {
        database = try TestDatabase(engine)
        url = try database.url
        folder = database.folder + "/catalogue"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("qt_lot_bundle_items", "bundle_lot_name,lot_name,qty\nKIT,PART-A,1\nKIT,PART-B,2\n")
        try writeMappings(rows, edition: 1)
        #expect(try run("load", folder) == 0)
        if isMigrated { #expect(try run("create", "--migrate", "--now", "2026-11-01T03:00:00Z") == 0) }
    }

    private func write(_ table: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/\(table).csv"))
    }

    private func writeMappings(_ rows: Int, edition: Int) throws {
        var text = "vendor,partnumber,lot_name,description\n"
        for row in 0..<rows {
            text += "v,PN-\(row),\(row % 10 == 0 ? "KIT" : "LOT-\(row % 7)"),edition \(edition)\n"
        }
        try write("lot_partnumbers", text)
    }

    /// Puts another edition of the catalogue in place, so that the next book differs from the last.
    func edit(_ rows: Int = 40, edition: Int) throws {
        try writeMappings(rows, edition: edition)
        #expect(try run("load", folder, "--replace") == 0)
    }

    /// Arguments with the database named.
    func arguments(_ words: [String]) -> [String] {
        words + ["--database", url]
    }

    @discardableResult
    func run(_ words: String...) throws -> Int32 {
        let result = try Program.run(arguments(words))
        if result.code != 0 { print("pnbook \(words): \(result.code) \(result.stderr)") }
        return result.code
    }

    func start(_ words: String..., fault: Fault? = nil, environment: [String: String] = [:]) throws -> ChildRun {
        try Program.start(arguments(words), fault: fault, environment: environment)
    }

    /// Runs the program to its end, and returns how many calls of the database there were.
    func callCount(_ words: String...) throws -> Int {
        let file = database.folder + "/calls"
        let result = try Program.run(arguments(words), fault: .none(countingInto: file))
        #expect(result.code == 0, "\(result.stderr)")
        return Int(try String(contentsOfFile: file, encoding: .utf8)) ?? 0
    }

    /// What must be true whatever has happened; what is not, in words.
    func brokenPromises() throws -> [String] {
        let connection = try database.connect()
        defer { connection.close() }
        guard try connection.columns(of: "qt_partnumber_books") != nil,
            try connection.columns(of: "qt_partnumber_book_items")?.contains(where: { $0.name == "description" })
                == true
        else { return [] }
        let shelf = BookRepository(connection)
        let books = try shelf.books()
        var broken: [String] = []
        if !books.isEmpty, books.filter(\.isActive).count != 1 {
            broken.append("\(books.filter(\.isActive).count) active books")
        }
        for book in books {
            let measure = try shelf.items.measure(book.id)
            if measure.items == 0 { broken.append("\(book.version) has no items") }
            if let entry = try shelf.ledgerEntry(of: book.id) {
                if entry.digest != measure.digest { broken.append("\(book.version) is not what was published") }
            } else {
                broken.append("\(book.version) is in no ledger")
            }
        }
        let orphans = try connection.count(
            "SELECT COUNT(*) FROM qt_partnumber_book_items WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books)")
        if orphans > 0 { broken.append("\(orphans) items without a header") }
        return broken
    }

    /// The stored tasks as `type status`, newest last; and whether any still stands as running.
    func tasks() throws -> [(id: String, status: String, error: String?)] {
        let connection = try taskConnection()
        defer { connection.close() }
        guard try connection.columns(of: "pnbook_tasks") != nil else { return [] }
        return try connection.rows("SELECT id, status, error_message FROM pnbook_tasks ORDER BY created_at, id") {
            ($0.text(0) ?? "", $0.text(1) ?? "", $0.text(2))
        }
    }

    func taskConnection() throws -> any Connection {
        switch database.engine {
        case .mariadb: try database.connect()
        case .sqlite: try TestDatabase.sqlite(at: database.path + "-tasks")
        }
    }

    func books() throws -> [BookHeader] {
        let connection = try database.connect()
        defer { connection.close() }
        return try BookRepository(connection).books()
    }
}
