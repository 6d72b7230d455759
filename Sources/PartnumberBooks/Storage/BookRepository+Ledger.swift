/// What the ledger says of the books.
extension BookRepository {
    /// How many items a book has: as the ledger says, for a published book never changes, else counted.
    package func knownItems(of id: Int64) throws -> Int {
        try ledgerEntry(of: id)?.items ?? items.count(in: id)
    }

    /// What the ledger says of a book; nil where another program made it.
    package func ledgerEntry(of id: Int64) throws -> LedgerEntry? {
        try ledger.entry(of: id).map { try believed($0, of: id) }
    }

    /// The same of all books that exist, by their ids.
    package func ledgerEntries() throws -> [Int64: LedgerEntry] {
        let entries = try ledger.entries().map { ($0.key, try believed($0.value, of: $0.key)) }
        return Dictionary(entries) { first, _ in first }
    }

    /// A number that no book has ever had is not believed: others reckon with it.
    private func believed(_ entry: BookLedger.Entry, of id: Int64) throws -> LedgerEntry {
        LedgerEntry(
            items: try entry.items ?? items.count(in: id), partnumbers: entry.partnumbers ?? 0, digest: entry.digest,
            taskID: entry.taskID)
    }
}
