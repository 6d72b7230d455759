/// A way to break a promise past the program, and what `verify` must find then.
struct VerifyDamage: Sendable {
    let name: String
    let statements: [String]
    /// `active_book` of the shelf, `2 names` of book 2.
    let broken: [String]
    /// What the report says of it.
    var words: [String] = []
    /// MariaDB does not take the statements.
    var isOfSQLite = false

    /// On the books of ``LooseTables``: 1 is our own and active, 2 another program's.
    static let all: [VerifyDamage] = [
        VerifyDamage(
            name: "no active book", statements: ["UPDATE qt_partnumber_books SET is_active = 0"],
            broken: ["active_book"], words: ["no book is active", "pnbook activate BOOK", "pnbook create"]),
        VerifyDamage(
            name: "two active books", statements: ["UPDATE qt_partnumber_books SET is_active = 1"],
            broken: ["active_book"],
            words: ["2 books are active", "PNBOOK-2026-11-20-001 (id 1), PNBOOK-2026-11-19-001 (id 2)"]),
        VerifyDamage(
            name: "no created_at", statements: ["UPDATE qt_partnumber_books SET created_at = NULL WHERE id = 2"],
            broken: ["headers"], words: ["PNBOOK-2026-11-19-001 (id 2): it has no created_at", "qt_partnumber_books"]),
        VerifyDamage(
            name: "a created_at that is none",
            statements: ["UPDATE qt_partnumber_books SET created_at = 'yesterday' WHERE id = 2"], broken: ["headers"],
            words: ["its created_at 'yesterday' is no date and time"], isOfSQLite: true),
        VerifyDamage(
            name: "no version", statements: ["UPDATE qt_partnumber_books SET version = NULL WHERE id = 2"],
            broken: ["headers"], words: ["a book without a version (id 2): it has no version"]),
        VerifyDamage(
            name: "a version of 31 characters",
            statements: ["UPDATE qt_partnumber_books SET version = 'PNBOOK-2026-11-19-0000000000001' WHERE id = 2"],
            broken: ["headers"], words: ["its version has 31 characters, and clients hold 30"]),
        VerifyDamage(
            name: "an id that was removed",
            statements: [ledger(2, "PNBOOK-2026-11-01-001", removed: "'2026-11-02 03:00:00.000'")],
            broken: ["ids"],
            words: ["id 2 was PNBOOK-2026-11-01-001, removed at 2026-11-02 03:00:00", "pnbook create"]),
        VerifyDamage(
            name: "an id that was another version",
            statements: ["UPDATE qt_partnumber_books SET version = 'PNBOOK-2026-11-20-002' WHERE id = 1"],
            broken: ["ids"],
            words: ["PNBOOK-2026-11-20-002 (id 1) exists, and id 1 was PNBOOK-2026-11-20-001 when it was made"]),
        VerifyDamage(
            name: "a version that was another id's",
            statements: [ledger(9, "PNBOOK-2026-11-19-001", removed: "'2026-11-19 04:00:00.000'")],
            broken: ["ids"], words: ["PNBOOK-2026-11-19-001 was given to id 9 when it was made"]),
        VerifyDamage(
            name: "a version twice",
            statements: [
                "UPDATE qt_partnumber_books SET version = 'PNBOOK-2026-11-20-001' WHERE id = 2",
                "DELETE FROM pnbook_book_ledger",
            ],
            broken: ["ids"], words: ["version PNBOOK-2026-11-20-001 appears twice, the second time as id 2"]),
        VerifyDamage(
            name: "another program's header without items",
            statements: ["DELETE FROM qt_partnumber_book_items WHERE book_id = 2"], broken: ["headers_have_items"],
            words: ["no items: PNBOOK-2026-11-19-001 (id 2)", "DELETE FROM qt_partnumber_books WHERE id IN (2)"]),
        VerifyDamage(
            name: "our own header without items",
            statements: ["DELETE FROM qt_partnumber_book_items WHERE book_id = 1"], broken: ["headers_have_items"],
            words: ["PNBOOK-2026-11-20-001 (id 1)"]),
        VerifyDamage(
            name: "items without a header",
            statements: [
                item("77", "'PN-1'", "'LOT-1'"), item("77", "'PN-2'", "'LOT-1'"), item("0", "'PN-1'", "'LOT-1'"),
            ],
            broken: ["items_have_headers"],
            words: ["1 of book 0, 2 of book 77", "DELETE FROM qt_partnumber_book_items"]),
        VerifyDamage(
            name: "an item of no book", statements: [item("NULL", "'PN-1'", "'LOT-1'")], broken: ["items_have_headers"],
            words: ["their book_id is NULL"]),
        VerifyDamage(
            name: "an item of a book that is no number", statements: [item("'2b'", "'PN-1'", "'LOT-1'")],
            broken: ["items_have_headers"], words: ["some whose book_id is '2b'"], isOfSQLite: true),
        VerifyDamage(
            name: "an empty part number", statements: [item("2", "''", "'LOT-1'")], broken: ["2 names"],
            words: ["1 item has", "part number '' with LOT 'LOT-1'", "PNBOOK-2026-11-19-001 (id 2)"]),
        VerifyDamage(
            name: "a part number with a blank before it", statements: [item("2", "' PN-9'", "'LOT-1'")],
            broken: ["2 names"], words: ["part number ' PN-9' with LOT 'LOT-1'"]),
        VerifyDamage(
            name: "a LOT with a blank that is no space", statements: [item("2", "'PN-9'", "'LOT-1\u{A0}'")],
            broken: ["2 names"]),
        VerifyDamage(
            name: "no LOT", statements: [item("2", "'PN-9'", "NULL")], broken: ["2 names"], words: ["LOT NULL"]),
        VerifyDamage(
            name: "a part number of 256 characters",
            statements: [item("2", "'" + String(repeating: "Ж", count: 256) + "'", "'LOT-1'")], broken: ["2 lengths"],
            words: ["1 item has a text longer than clients hold", "ЖЖЖ…'"]),
        VerifyDamage(
            name: "a LOT of 256 characters",
            statements: [item("2", "'PN-9'", "'" + String(repeating: "L", count: 256) + "'")], broken: ["2 lengths"]),
        VerifyDamage(
            name: "a description of 10001 characters",
            statements: [
                item("2", "'PN-9'", "'LOT-1'", description: "'" + String(repeating: "d", count: 10_001) + "'")
            ],
            broken: ["2 lengths"]),
        VerifyDamage(
            name: "a flag of 2", statements: [item("2", "'PN-9'", "'LOT-1'", flag: "2")], broken: ["2 flags"],
            words: ["first 2 of part number 'PN-9'"]),
        VerifyDamage(
            name: "a flag of NULL", statements: [item("2", "'PN-9'", "'LOT-1'", flag: "NULL")], broken: ["2 flags"],
            words: ["first NULL of part number 'PN-9'"]),
        VerifyDamage(
            name: "blank descriptions",
            statements: [
                item("2", "'PN-8'", "'LOT-1'", description: "''"),
                item("2", "'PN-9'", "'LOT-1'", description: "'\u{3000}'"),
            ],
            broken: ["2 descriptions"], words: ["2 items have a description that is blank", "part number 'PN-8'"]),
        VerifyDamage(
            name: "the last item twice", statements: [item("2", "'PN-3'", "'LOT-3'")], broken: ["2 duplicates"],
            words: ["1 item repeats an earlier one, first part number 'PN-3' with LOT 'LOT-3'"]),
        VerifyDamage(
            name: "an item twice, far from the first", statements: [item("2", "'PN-1'", "'LOT-1'", flag: "0")],
            broken: ["2 duplicates"], words: ["first part number 'PN-1' with LOT 'LOT-1'", "in another order"]),
        VerifyDamage(
            name: "a published item changed",
            statements: [
                "UPDATE qt_partnumber_book_items SET description = 'x' WHERE book_id = 1 AND partnumber = 'PN-2'"
            ],
            broken: ["1 record"],
            words: ["their texts differ", "instead of sha256:", "pnbook create", "PNBOOK-2026-11-20-001 (id 1)"]),
        VerifyDamage(
            name: "a published item gone",
            statements: ["DELETE FROM qt_partnumber_book_items WHERE book_id = 1 AND partnumber = 'PN-2'"],
            broken: ["1 record"], words: ["2 items of 2 part numbers exist, and 3 of 3 were published"]),
        VerifyDamage(
            name: "an item more than published", statements: [item("1", "'PN-9'", "'LOT-1'")], broken: ["1 record"],
            words: ["4 items of 4 part numbers exist, and 3 of 3 were published"]),
        VerifyDamage(
            name: "items in another order", statements: [item("2", "'AA'", "'LOT-1'")], broken: [],
            words: ["in another order than the book's"]),
    ]

    static func item(
        _ book: String, _ partnumber: String, _ lot: String, flag: String = "1", description: String = "NULL"
    ) -> String {
        """
        INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
        VALUES (\(book), \(partnumber), \(lot), \(flag), \(description))
        """
    }

    private static func ledger(_ id: Int, _ version: String, removed: String) -> String {
        """
        INSERT INTO pnbook_book_ledger (book_id, version, created_at, items, partnumbers, digest, task_id, removed_at)
        VALUES (\(id), '\(version)', '2026-11-01 03:00:00.000', 1, 1, 'sha256:', 'task', \(removed))
        """
    }
}
