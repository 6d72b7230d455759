import ArgumentParser
import Database

/// A hidden command: makes a book in upstream's way and in upstream's tables, in a process of its own.
///
/// Everything read into memory, then one transaction: the header, and the items by statements of 500 rows each.
struct NaiveCreate: ParsableCommand {
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
        let location = try DatabaseURL(parsing: url)
        let connection = try ConnectionFactory(location: location, passwordFile: secretFile).connect()
        defer { connection.close() }
        let items = try DictionaryBook(reading: connection).items
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
                try connection.execute(ManyRowInsert.sql(into: BookTables.upstream.items, rows, book: book))
            }
        }
    }
}
