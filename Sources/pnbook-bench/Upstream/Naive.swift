import ArgumentParser
import Database
import DatabaseMariaDB
import DatabaseSQLite
import Foundation

/// A hidden verb: makes a book in upstream's way and in upstream's tables, in a process of its own.
///
/// Everything read into memory, then one transaction: the header, and the items by statements of 500 rows each.
struct Naive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a book in upstream's way.", shouldDisplay: false)

    @Option(help: "The database.")
    var url: String

    @Option(help: "A file that holds the password.")
    var secretFile: String?

    @Option(help: "The book's version.")
    var version: String

    private static let batch = 500

    func run() throws {
        let connection = try connect()
        defer { connection.close() }
        let items = try NaiveBook(reading: connection).items
        try connection.transaction(.write) {
            try connection.execute("UPDATE upstream_books SET is_active = 0")
            try connection.execute(
                """
                INSERT INTO upstream_books (version, created_at, created_by, is_active)
                VALUES (\(version), '2026-01-01 00:00:00.000', 'bench', 1)
                """)
            let book = connection.lastInsertedID
            for start in stride(from: 0, to: items.count, by: Self.batch) {
                let rows = items[start..<min(start + Self.batch, items.count)]
                try connection.execute(Self.insert(rows, book))
            }
        }
    }

    private static func insert(_ rows: ArraySlice<NaiveBook.Item>, _ book: Int64) -> SQL {
        var text = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: rows.count * 5)
        text.appendLiteral("INSERT INTO upstream_items (book_id, \(SideTable.columns)) VALUES ")
        for (index, row) in rows.enumerated() {
            text.appendLiteral(index == 0 ? "(" : ", (")
            text.appendInterpolation(book)
            text.appendLiteral(", ")
            text.appendInterpolation(row.partnumber)
            text.appendLiteral(", ")
            text.appendInterpolation(row.lot)
            text.appendLiteral(", ")
            text.appendInterpolation(row.isPrimary)
            text.appendLiteral(", ")
            text.appendInterpolation(row.description)
            text.appendLiteral(")")
        }
        return SQL(stringInterpolation: text)
    }

    private func connect() throws -> any Connection {
        switch try DatabaseLocation(parsing: url) {
        case .sqlite(let path): return try SQLiteConnection(path: path, access: .readWrite)
        case .mariadb(let location):
            let password = try secretFile.map { file in
                Secret(String(try String(contentsOfFile: file, encoding: .utf8).prefix { !$0.isNewline }))
            }
            return try MariaDBConnection(MariaDBOptions(location: location, password: password))
        }
    }
}
