import Database
import ErrorModel

/// A table or column that a migration makes, and what the program needs of it.
///
/// Needs, not copies: a database where PriceForge itself has applied the same migrations may have longer texts, other
/// keys and further columns, and is adopted as it is (<doc:Tables#Adopted-tables>).
package struct SchemaObject: Sendable, Hashable {
    package let table: String
    /// The column it adds or changes; nil where it makes the table.
    package let column: String?
    package let requirements: [ColumnRequirement]
    /// It changes only how the column is stored: a column of another program's is served as it is.
    package let isStorage: Bool

    init(table: String, column: String?, requirements: [ColumnRequirement], isStorage: Bool = false) {
        self.table = table
        self.column = column
        self.requirements = requirements
        self.isStorage = isStorage
    }

    /// `qt_partnumber_books`, `qt_partnumber_books.version`, or `qt_partnumber_book_items.description as TEXT`.
    package var name: String { table + (column.map { "." + $0 } ?? "") + (isStorage ? " as TEXT" : "") }

    package static let books = "qt_partnumber_books"
    package static let items = "qt_partnumber_book_items"
    package static let mappings = "lot_partnumbers"

    private static let text255 = "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL"
    private static let flag = "TINYINT(1) NOT NULL DEFAULT 1"
    private static let version = "VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL"
    private static let description = ColumnRequirement(
        "description", .text(atLeast: 10_000), "TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL",
        nullable: true)

    /// The object that migration `number` makes under this name.
    static func named(_ name: String, after number: Int) -> SchemaObject? {
        switch (number, name) {
        case (26, "lot_partnumbers.is_primary_pn"):
            SchemaObject(
                table: mappings, column: "is_primary_pn", requirements: [.init("is_primary_pn", .flag, flag)])
        case (26, "qt_partnumber_books"):
            SchemaObject(
                table: books, column: nil,
                requirements: [
                    .init("id", .number, "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT"),
                    .init("version", .text(atLeast: 20), version),
                    .init("created_at", .dateTime, "DATETIME(3) NOT NULL"),
                    .init(
                        "created_by", .text(atLeast: 100),
                        "VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL"),
                    .init("is_active", .integer, "TINYINT(1) NOT NULL DEFAULT 0"),
                ])
        case (26, "qt_partnumber_book_items"):
            SchemaObject(
                table: items, column: nil,
                requirements: [
                    .init("book_id", .integer, "BIGINT UNSIGNED NOT NULL"),
                    .init("partnumber", .text(atLeast: 255), text255), .init("lot_name", .text(atLeast: 255), text255),
                    .init("is_primary_pn", .integer, flag),
                ])
        case (27, "qt_partnumber_books.version"):
            SchemaObject(
                table: books, column: "version", requirements: [.init("version", .text(atLeast: 30), version)])
        case (28, "qt_partnumber_book_items.description"):
            SchemaObject(table: items, column: "description", requirements: [description])
        case (28, "qt_partnumber_book_items.description as TEXT"):
            SchemaObject(table: items, column: "description", requirements: [description], isStorage: true)
        default: nil
        }
    }

    /// Whether it exists as needed.
    package enum State: Hashable, Sendable {
        case absent
        case present
        /// It exists, but not as needed.
        case different([SchemaDifference])
    }

    /// Looks at what the database has.
    ///
    /// A text column of the right kind that is merely too short counts as absent where the object is that column: widening
    /// it is what the migration is for.
    func state(in tables: [TableDescription], _ engine: Engine) -> State {
        guard let found = tables.first(where: { $0.name == table }) else { return .absent }
        if isStorage {
            // VARCHAR is what an earlier step has made.
            guard let column = found.column("description") else { return .absent }
            return column.description.declaredType.hasPrefix("varchar") ? .absent : .present
        }
        // What is true of the whole table is reported once, by the object that makes it.
        let whole = column == nil ? TableRequirement.differences(of: found, engine) : []
        if column == nil, found.kind != .table, found.kind != .systemVersioned { return .different(whole) }
        var differences: [SchemaDifference] = []
        for requirement in requirements {
            guard let present = found.column(requirement.name) else {
                if column == requirement.name { return .absent }
                differences.append(SchemaDifference(table, "\(table) has no column \(requirement.name)", remedy: nil))
                continue
            }
            switch requirement.verdict(on: present, of: table, engine) {
            case .fits: continue
            case .tooShort where column == requirement.name && requirement.widens: return .absent
            case .tooShort(let difference), .wrong(let difference): differences.append(difference)
            }
        }
        differences += whole
        return differences.isEmpty ? .present : .different(differences)
    }
}
