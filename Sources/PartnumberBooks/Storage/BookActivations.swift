package import Chronology
import Database

/// The program's own record of which book became active when, and in place of which, `pnbook_activations`; written in the
/// transaction that switches.
///
/// The book tables cannot tell: after a roll-back the book that was active before is not the one made before. A row for each book,
/// of the last time that it became active. The record is a help and not a promise: where it cannot be written, the book becomes active
/// all the same (<doc:Publishing#The-previous-book>).
package struct BookActivations {
    package static let table = "pnbook_activations"

    private let connection: any Connection

    init(_ connection: any Connection) {
        self.connection = connection
    }

    /// A switch of the active book.
    struct Entry: Hashable {
        let bookID: Int64
        /// Counts the switches; two of them may be of one millisecond, or of clocks that differ.
        let sequence: Int64
        /// The book that was active until then; nil where none was.
        let replaced: Int64?
        /// The highest id of any book at that time: a higher one was made later.
        let newestID: Int64
    }

    /// Who switches, and when: a task, and what started it, of at most 100 characters.
    struct Author {
        let name: String
        let taskID: String
        let now: Instant
    }

    /// What is recorded, in any order; empty where there is no record, or where this account may not read it.
    func entries() throws -> [Entry] {
        do {
            return try read()
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return []
        }
    }

    private func read() throws -> [Entry] {
        try connection.rows("SELECT book_id, sequence, replaced_id, newest_id FROM pnbook_activations") { row in
            Entry(
                bookID: row.integer(0) ?? 0, sequence: row.integer(1) ?? 0, replaced: row.integer(2),
                newestID: row.integer(3) ?? 0)
        }
    }

    /// When and by whom the book became active the last time; nil where that is not recorded.
    package func last(of book: Int64) throws -> (at: Instant, by: String)? {
        do {
            return try connection.first(
                "SELECT activated_at, activated_by FROM pnbook_activations WHERE book_id = \(book)"
            ) { row in
                row.text(0).flatMap(Instant.init(sqlText:)).map { ($0, row.text(1) ?? "") }
            } ?? nil
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return nil
        }
    }

    /// How many rows the next ``record(_:replacing:by:)`` changes: its own, and those of books that are gone.
    func rowsOfNextRecord() throws -> Int {
        do {
            let known = Set(try read().map(\.bookID))
            return 1 + known.subtracting(try bookIDs()).count
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return 0
        }
    }

    private func bookIDs() throws -> [Int64] {
        try connection.rows("SELECT id FROM qt_partnumber_books") { $0.integer(0) ?? 0 }
    }

    /// Records, inside the transaction that switches, that `book` becomes active in place of `replaced`; does nothing where the table
    /// is missing or this account may not write it. Forgets books that are gone.
    func record(_ book: Int64, replacing replaced: Int64?, by author: Author) throws {
        do {
            let known = try read()
            let books = try bookIDs()
            let sequence = (known.map(\.sequence).max() ?? 0) + 1
            try connection.execute(
                """
                REPLACE INTO pnbook_activations
                    (book_id, sequence, replaced_id, newest_id, activated_at, activated_by, task_id)
                VALUES (\(book), \(sequence), \(replaced), \(books.max() ?? book), \(author.now.sqlText),
                    \(author.name), \(author.taskID))
                """)
            // By their keys: a look into the books while writing would wait for any transaction that holds one.
            for gone in Set(known.map(\.bookID)).subtracting(books).sorted() {
                try connection.execute("DELETE FROM pnbook_activations WHERE book_id = \(gone)")
            }
        } catch let error as DatabaseError where error.isOfUnusableTable {
            return
        }
    }
}

extension DatabaseError {
    /// The statement's table does not exist, or this account lacks a right on it, which is what the server says of both.
    var isOfUnusableTable: Bool {
        switch kind {
        case .missingTable, .missingColumn, .missingRight: true
        default: false
        }
    }
}
