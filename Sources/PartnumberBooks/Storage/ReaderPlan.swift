package import Database
package import ErrorModel

/// How the server would run a reader's pull of one book, whose session we do not set.
package struct ReaderPlan: Sendable {
    /// What is the matter.
    package let words: DisplayText
    /// The statement that changes it.
    package let remedy: String

    private static let saysServer: DisplayText = ", says the server of its SELECT"
    private static let onceSeveral: DisplayText = " once there are several"

    private static let table = "qt_partnumber_book_items"
    /// Fewer books than this may rightly be read whole to find one.
    private static let fewBooks = 5
    /// From this line on a row is counted by what its VARCHARs may hold at most (MDEV-38164).
    private static let costlyLine = 11

    /// Asks the server; nil where one book costs one book.
    package init?(of book: Int64, amongst books: Int, on connection: any Connection) throws {
        guard connection.engine.dialect.needsKeyHints, let items = try connection.describe([Self.table]).first else {
            return nil
        }
        let isKeyed = items.keys.contains { $0.parts.first?.column?.lowercased() == "book_id" }
        guard isKeyed else {
            words = "no key of \(Self.table) begins with book_id: a reader of one book reads all books"
            remedy = "CREATE INDEX `idx_book_id` ON `\(Self.table)` (`book_id`);"
            return
        }
        let type = items.column("description")?.description.declaredType.lowercased() ?? ""
        let version = try connection.first("SELECT VERSION()") { $0.text(0) ?? "" } ?? ""
        let line = Int(version.prefix { $0.isNumber }) ?? 0
        let isClustered = items.keys.contains { $0.name == "PRIMARY" && $0.parts.first?.column == "book_id" }
        let isScan = try books >= Self.fewBooks && Self.isScan(of: book, on: connection)
        let isCostly = type.hasPrefix("varchar") && line >= Self.costlyLine && isClustered
        guard isScan || isCostly, try !Self.hasNewMode(connection) || isScan else { return nil }
        guard type.hasPrefix("varchar"), line >= Self.costlyLine else {
            words =
                "a reader of one book reads all books, says the server of its SELECT, although a key begins with book_id"
            remedy = "ANALYZE TABLE `\(Self.table)`;"
            return
        }
        words =
            "a reader of one book reads all books\(isScan ? Self.saysServer : Self.onceSeveral): description is \(type), and MariaDB \(version.prefix { $0 != "-" }) counts a row by what that may hold at most "
            + "(or set new_mode = FIX_INDEX_LOOKUP_COST in the server's configuration, where it has that)"
        remedy =
            "ALTER TABLE `\(Self.table)` MODIFY COLUMN `description` TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL;"
    }

    /// Whether the server has been told for everybody to count otherwise.
    private static func hasNewMode(_ connection: any Connection) throws -> Bool {
        try connection.variables(["new_mode"])["new_mode"]?.contains("FIX_INDEX_LOOKUP_COST") ?? false
    }

    private static func isScan(of book: Int64, on connection: any Connection) throws -> Bool {
        let hasMode = try !connection.variables(["new_mode"]).isEmpty
        // Ours counts otherwise than a reader's.
        let own = hasMode ? try connection.first("SELECT @@session.new_mode") { $0.text(0) ?? "" } ?? "" : ""
        if hasMode { try connection.execute("SET SESSION new_mode = DEFAULT") }
        defer { if hasMode { _ = try? connection.execute("SET SESSION new_mode = '\(raw: own)'") } }
        let type = try connection.first(
            """
            EXPLAIN SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items
            WHERE book_id = \(book)
            """
        ) { $0.text(3) ?? "" }
        return type.map { ["ALL", "index"].contains($0) } ?? false
    }
}
