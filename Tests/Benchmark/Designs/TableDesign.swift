import Database

/// One way to lay out a book's items, tried in tables of its own.
struct TableDesign {
    let name: String
    /// What makes `trial_books` and `trial_items`.
    let creation: [String]
    /// The items come in no order.
    var isShuffled = false
    /// MariaDB only: the index that leads to a book's items.
    var bookIndex = "PRIMARY"
    /// SQLite only: bytes of a page.
    var pageSize: Int?
    /// SQLite only: said on the connection once the file stands.
    var settings: [String] = []

    static let tables = BookTables(books: "trial_books", items: "trial_items")

    /// The same with something changed.
    func with(_ name: String, _ change: (inout TableDesign) -> Void) -> TableDesign {
        var design = TableDesign(
            name: name, creation: creation, isShuffled: isShuffled, bookIndex: bookIndex, pageSize: pageSize,
            settings: settings)
        change(&design)
        return design
    }

    /// The tables as the program has them today, read from the database and renamed.
    static func today(_ connection: any Connection) throws -> TableDesign {
        var creation: [String] = []
        for table in [BookTables.ours.books, BookTables.ours.items] {
            let text =
                switch connection.engine {
                case .mariadb: try connection.first("SHOW CREATE TABLE \(identifier: table)") { $0.text(1) }
                case .sqlite:
                    try connection.first("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(table)") {
                        $0.text(0)
                    }
                }
            guard let text = text ?? nil else { throw BenchmarkError("\(connection.place): \(table) is not there") }
            creation.append(
                text.replacing("fk_partnumber_book_items_book", with: "fk_trial")
                    .replacing(BookTables.ours.items, with: tables.items)
                    .replacing(BookTables.ours.books, with: tables.books))
        }
        return TableDesign(name: "as the program has it", creation: creation)
    }
}
