import Database

/// What the program has recorded of all books it ever made, at one moment.
struct LedgerSnapshot {
    struct Entry {
        let version: String
        let items: Int
        let partnumbers: Int
        let digest: String
        /// Nil for a book that exists.
        let removedAt: String?
    }

    private(set) var entries: [Int64: Entry] = [:]
    private(set) var ids: [String: Int64] = [:]

    init(_ connection: any Connection) throws {
        // A database that the program has never written a book to.
        guard try connection.hasTable(BookLedger.table) else { return }
        try connection.forEachRow(
            "SELECT book_id, version, items, partnumbers, digest, removed_at FROM pnbook_book_ledger"
        ) { row in
            guard let id = row.integer(0) else { return }
            let entry = Entry(
                version: row.text(1) ?? "", items: Int(row.integer(2) ?? 0), partnumbers: Int(row.integer(3) ?? 0),
                digest: row.text(4) ?? "", removedAt: row.text(5))
            entries[id] = entry
            ids[entry.version] = id
        }
    }
}
