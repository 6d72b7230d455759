import Database

/// One way to send a book's items to the database.
struct InsertStrategy {
    let name: String
    /// Writes the items of a book on a connection, inside the caller's transaction.
    let send: (_ items: ItemArena, _ connection: any Connection, _ book: Int64) throws -> Void

    /// The engine's own copy from `source` first.
    static func all(of engine: Engine, source: String) -> [InsertStrategy] {
        switch engine {
        // The drivers take no more rows in a batch than their own 2000 and 512.
        case .mariadb:
            [copy(source), fixed] + [100, 500, 1000, 2000].map(bulk) + [100, 500, 2000].map(values)
        case .sqlite: [copy(source), fixed] + [1, 32, 512].map(bulk) + [100, 500].map(values)
        }
    }

    private static func copy(_ source: String) -> InsertStrategy {
        InsertStrategy(name: "none: INSERT ... SELECT in the server") { _, connection, book in
            try StagedItems.copy(from: source, to: TableDesign.tables.items, book: book, connection)
        }
    }

    private static func bulk(_ batch: Int) -> InsertStrategy {
        InsertStrategy(name: "the driver's bulk insert, \(batch) rows a batch") { items, connection, book in
            let insert = try connection.bulkInsert(
                into: TableDesign.tables.items,
                columns: ["book_id", "partnumber", "lot_name", "is_primary_pn", "description"])
            var buffered = 0
            try items.forEachRow(book: book) { row in
                try insert.append(row)
                buffered += 1
                if buffered == batch {
                    try insert.flush()
                    buffered = 0
                }
            }
            try insert.flush()
        }
    }

    private static var fixed: InsertStrategy {
        InsertStrategy(name: "as the program: bulk insert, the book's key fixed and known") {
            items, connection, book in
            let insert = try connection.bulkInsert(
                into: TableDesign.tables.items, columns: ["partnumber", "lot_name", "is_primary_pn", "description"],
                fixed: [FixedColumn("book_id", book, referencedTable: TableDesign.tables.books)])
            try items.forEachRow(book: book) { row in try insert.append(UnsafeBufferPointer(rebasing: row[1...])) }
            try insert.flush()
        }
    }

    private static func values(_ batch: Int) -> InsertStrategy {
        InsertStrategy(name: "INSERT ... VALUES of \(batch) rows, prepared each time") { items, connection, book in
            for start in stride(from: 0, to: items.count, by: batch) {
                let rows = items.items(from: start, atMost: batch)
                try connection.execute(ManyRowInsert.sql(into: TableDesign.tables.items, rows[...], book: book))
            }
        }
    }
}
