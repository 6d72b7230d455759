import Database
import TestSupport

/// QuoteForge (<doc:ReaderProtocol#What-a-client-does>), in arrays: its own plain SELECTs, and nothing of the program's code.
struct NaiveClient: Equatable {
    struct Book: Equatable {
        var version: String
        /// `2026-11-20 03:00:00.000`, UTC.
        var createdAt: String
        var isActive: Bool
        var items: Set<Item>
        /// Rows; as many as ``items`` where none is there twice.
        var rows: Int
    }

    /// By bytes: to Swift a composed and a decomposed letter are one.
    struct Item: Hashable {
        var partnumber: [UInt8]
        var lot: [UInt8]
        var isPrimary: Int64
        var description: [UInt8]?

        init(_ partnumber: String, _ lot: String, _ isPrimary: Bool, _ description: String?) {
            self.partnumber = Array(partnumber.utf8)
            self.lot = Array(lot.utf8)
            self.isPrimary = isPrimary ? 1 : 0
            self.description = description.map { Array($0.utf8) }
        }

        /// PN, LOT, flag and description.
        init(_ row: Row) {
            self.init(row.text(0) ?? "NULL", row.text(1) ?? "NULL", row.integer(2) == 1, row.text(3))
        }
    }

    /// By the server's id.
    var books: [Int64: Book] = [:]

    /// What a first synchronisation with `database` gives.
    init(pulling database: TestDatabase) throws {
        let connection = try database.connect()
        defer { connection.close() }
        let headers = try connection.rows("SELECT id, version, created_at, is_active FROM qt_partnumber_books") {
            row in
            (row.integer(0) ?? 0, row.text(1) ?? "", row.text(2) ?? "", row.integer(3) == 1)
        }
        for (id, version, createdAt, isActive) in headers {
            let items = try connection.rows(
                """
                SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items
                WHERE book_id = \(id)
                """, Item.init)
            books[id] = Book(
                version: version, createdAt: createdAt, isActive: isActive, items: Set(items), rows: items.count)
        }
    }

    /// What is in a client's own file.
    init(reading file: String) throws {
        let connection = try TestDatabase.sqlite(at: file)
        defer { connection.close() }
        let headers = try connection.rows(
            "SELECT id, server_id, version, created_at, is_active FROM local_partnumber_books"
        ) { row in
            (
                row.integer(0) ?? 0, row.integer(1) ?? 0, row.text(2) ?? "", row.text(3) ?? "",
                row.integer(4) == 1
            )
        }
        for (id, serverID, version, createdAt, isActive) in headers {
            let items = try connection.rows(
                """
                SELECT partnumber, lot_name, is_primary_pn, description FROM local_partnumber_book_items
                WHERE book_id = \(id)
                """, Item.init)
            // As Go writes a time into SQLite: with the zone's offset.
            let time = createdAt.hasSuffix("+00:00") ? String(createdAt.dropLast(6)) : "no UTC: " + createdAt
            books[serverID] = Book(
                version: version, createdAt: time, isActive: isActive, items: Set(items), rows: items.count)
        }
    }

    /// The same without some of the books.
    func without(_ ids: Int64...) -> NaiveClient {
        var copy = self
        for id in ids { copy.books[id] = nil }
        return copy
    }
}
