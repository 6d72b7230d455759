import Database

/// Whether a database has a ledger, looked up once for many books.
///
/// A database without one has no book of this program's. What has been seen stays true: nothing removes the ledger, and who
/// has seen that there is none has asked before the first book.
final class LedgerTable {
    private let connection: any Connection
    private var found: Bool?

    init(_ connection: any Connection) {
        self.connection = connection
    }

    func exists() throws -> Bool {
        if let found { return found }
        let exists = try connection.hasTable(BookLedger.table)
        found = exists
        return exists
    }
}
