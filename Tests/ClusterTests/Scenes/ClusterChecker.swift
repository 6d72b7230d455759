import Foundation
import Harness

/// Looks with plain SQL and a digest of its own whether a node holds what the program promises; none of the program's code has
/// a part in it.
struct ClusterChecker: Sendable {
    let schema: String

    /// Tables that must be the same on each node.
    private static let tables = [
        "qt_partnumber_books": "id", "qt_partnumber_book_items": "book_id, partnumber, lot_name",
        "pnbook_book_ledger": "book_id", "pnbook_tasks": "id", "pnbook_fences": "work",
        "lot_partnumbers": "vendor, partnumber",
    ]

    /// Each promise as a query that yields what breaks it.
    private static let promises = [
        """
        SELECT CONCAT(COUNT(*), ' books, ', COALESCE(SUM(is_active = 1), 0), ' active') FROM qt_partnumber_books
        HAVING COUNT(*) > 0 AND SUM(is_active = 1) <> 1
        """,
        """
        SELECT CONCAT(version, ' has no items') FROM qt_partnumber_books b
        WHERE NOT EXISTS (SELECT 1 FROM qt_partnumber_book_items i WHERE i.book_id = b.id)
        """,
        """
        SELECT CONCAT('items without a book: ', book_id) FROM qt_partnumber_book_items
        WHERE book_id NOT IN (SELECT id FROM qt_partnumber_books) GROUP BY book_id
        """,
        """
        SELECT CONCAT(b.version, ' has ', i.items, ' items, its ledger ', COALESCE(l.items, 'none'))
        FROM qt_partnumber_books b LEFT JOIN pnbook_book_ledger l ON l.book_id = b.id AND BINARY l.version = BINARY b.version
        JOIN (SELECT book_id, COUNT(*) AS items FROM qt_partnumber_book_items GROUP BY book_id) i ON i.book_id = b.id
        WHERE l.items IS NULL OR l.items <> i.items
        """,
        """
        SELECT CONCAT(b.version, ' is not newer than ', o.version) FROM qt_partnumber_books b
        JOIN qt_partnumber_books o ON o.id < b.id AND o.created_at >= b.created_at
        """,
        "SELECT CONCAT('twice: ', version) FROM pnbook_book_ledger GROUP BY version HAVING COUNT(*) > 1",
        "SELECT CONCAT('two books of task ', task_id) FROM pnbook_book_ledger GROUP BY task_id HAVING COUNT(*) > 1",
    ]

    /// What is not as it must be on a node, in one snapshot.
    func violations(on node: ClusterNode) throws -> [String] {
        try node.rows(Self.inSnapshot(Self.promises), in: schema) + wrongDigests(on: node)
    }

    /// The promises alone, without digests: for a reader who looks often.
    func glance(on node: ClusterNode) throws -> [String] {
        try node.rows(Self.inSnapshot(Self.promises), in: schema)
    }

    /// `id items checksum` of each book, to be compared with what a reader has seen before.
    func contents(on node: ClusterNode) throws -> [String] {
        try node.rows(
            """
            SELECT CONCAT_WS(' ', book_id, COUNT(*), SUM(CRC32(CONCAT_WS('|', partnumber, lot_name, is_primary_pn, description))))
            FROM qt_partnumber_book_items GROUP BY book_id
            """, in: schema)
    }

    private static func inSnapshot(_ queries: [String]) -> String {
        "START TRANSACTION WITH CONSISTENT SNAPSHOT; " + queries.joined(separator: "; ") + "; COMMIT"
    }

    /// Books whose items do not make the digest that the ledger has.
    private func wrongDigests(on node: ClusterNode) throws -> [String] {
        let books = try node.rows(
            """
            SELECT b.id, b.version, l.digest FROM qt_partnumber_books b JOIN pnbook_book_ledger l ON l.book_id = b.id
            ORDER BY b.id
            """, in: schema)
        return try books.compactMap { line in
            let words = line.split(separator: "\t").map(String.init)
            let query = """
                SELECT CONCAT(partnumber, CHAR(31), lot_name, CHAR(31), is_primary_pn, CHAR(31), COALESCE(description, CHAR(0)),
                    CHAR(30)) FROM qt_partnumber_book_items WHERE book_id = \(words[0]) ORDER BY BINARY partnumber, BINARY lot_name
                """
            let digest = try Self.digest(of: query, on: node, schema, removingNewlines: true)
            return words[2] == "sha256:" + digest ? nil : "\(words[1]) is not what was published: \(digest) \(words[2])"
        }
    }

    /// Tables that differ from node to node.
    func differences(between nodes: [ClusterNode]) throws -> [String] {
        try Self.tables.compactMap { table, key in
            let query = "SET SESSION wsrep_sync_wait = 15; SELECT * FROM \(table) ORDER BY \(key)"
            let digests = try nodes.map { try Self.digest(of: query, on: $0, schema) }
            return Set(digests).count == 1 ? nil : "\(table) differs: \(digests)"
        }
    }

    /// The SHA-256 of what a query yields, by the system's own programs.
    private static func digest(
        of query: String, on node: ClusterNode, _ schema: String, removingNewlines: Bool = false
    ) throws -> String {
        let script = """
            set -o pipefail
            mariadb --no-defaults --skip-ssl --socket="$1" --user=root --batch --raw --skip-column-names -e "$2" "$3" \
                \(removingNewlines ? "| tr -d '\\n'" : "") | sha256sum
            """
        let words = ["bash", "-c", script, "bash", node.server.socket, query, schema]
        return String(try ChildRun.succeed(words).prefix { $0 != " " })
    }
}
