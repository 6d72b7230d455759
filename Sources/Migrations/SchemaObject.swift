package import Database

/// A table or column that a migration makes, and what the program needs of it.
///
/// Needs, not copies: a database where PriceForge itself has applied the same migrations may have longer texts, other
/// keys and further columns, and is adopted as it stands (CONTRACT 2).
package struct SchemaObject: Sendable, Hashable {
    package let table: String
    /// The column it adds or changes; nil where it makes the table.
    package let column: String?
    package let requirements: [ColumnRequirement]

    /// `qt_partnumber_books` or `qt_partnumber_books.version`.
    package var name: String { table + (column.map { "." + $0 } ?? "") }

    package static let books = "qt_partnumber_books"
    package static let items = "qt_partnumber_book_items"
    package static let mappings = "lot_partnumbers"

    /// The object that migration `number` makes under this name.
    static func named(_ name: String, after number: Int) -> SchemaObject? {
        switch (number, name) {
        case (26, "lot_partnumbers.is_primary_pn"):
            SchemaObject(table: mappings, column: "is_primary_pn", requirements: [.init("is_primary_pn", .integer)])
        case (26, "qt_partnumber_books"):
            SchemaObject(
                table: books, column: nil,
                requirements: [
                    .init("id", .integer), .init("version", .text(atLeast: 20)), .init("created_at", .dateTime),
                    .init("created_by", .text(atLeast: 100)), .init("is_active", .integer),
                ])
        case (26, "qt_partnumber_book_items"):
            SchemaObject(
                table: items, column: nil,
                requirements: [
                    .init("book_id", .integer), .init("partnumber", .text(atLeast: 255)),
                    .init("lot_name", .text(atLeast: 255)), .init("is_primary_pn", .integer),
                ])
        case (27, "qt_partnumber_books.version"):
            SchemaObject(table: books, column: "version", requirements: [.init("version", .text(atLeast: 30))])
        case (28, "qt_partnumber_book_items.description"):
            SchemaObject(
                table: items, column: "description",
                requirements: [.init("description", .text(atLeast: 10_000), nullable: true)])
        default: nil
        }
    }

    /// What stands of it.
    package enum State: Hashable, Sendable {
        case absent
        case standing
        /// There, but not as needed.
        case different(String)
    }

    /// Looks at what stands in the database.
    ///
    /// A text column of the right kind that is merely too short counts as absent where the object is that column: to
    /// widen it is what the migration is for.
    package func state(in connection: any Connection) throws -> State {
        guard let columns = try connection.columns(of: table) else { return .absent }
        for requirement in requirements {
            guard let found = columns.first(where: { $0.name.lowercased() == requirement.name }) else {
                if column == requirement.name { return .absent }
                return .different("\(table) has no column \(requirement.name)")
            }
            switch requirement.verdict(on: found, connection.engine) {
            case .fits: continue
            case .tooShort where column == requirement.name && requirement.widens: return .absent
            case .tooShort, .wrong:
                return .different(
                    "\(table).\(requirement.name) is \(found.declaredType)"
                        + (found.isNullable ? "" : " NOT NULL") + ", and needed is \(requirement.need)")
            }
        }
        return .standing
    }
}

/// What the program needs of one column.
package struct ColumnRequirement: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case integer
        case text(atLeast: Int)
        case dateTime
    }

    package let name: String
    package let kind: Kind
    /// The program writes NULL here.
    package let nullable: Bool

    package init(_ name: String, _ kind: Kind, nullable: Bool = false) {
        self.name = name
        self.kind = kind
        self.nullable = nullable
    }

    /// Only the version is ever widened (027); a short description is another column than ours.
    var widens: Bool { name == "version" }

    enum Verdict {
        case fits
        case tooShort
        case wrong
    }

    func verdict(on column: ColumnDescription, _ engine: Engine) -> Verdict {
        if column.isGenerated || (nullable && !column.isNullable) { return .wrong }
        switch (kind, column.kind) {
        case (.integer, .integer): return .fits
        case (.dateTime, .dateTime):
            // A MariaDB column without milliseconds would cut them off, and books would have the same time.
            let digits = column.declaredType.filter(\.isNumber)
            return engine == .sqlite || (Int(digits) ?? 0) >= 3 ? .fits : .wrong
        case (.text(let atLeast), .text(let limit)): return (limit ?? .max) >= atLeast ? .fits : .tooShort
        default: return .wrong
        }
    }

    var need: String {
        let type =
            switch kind {
            case .integer: "a whole number"
            case .text(let atLeast): "a text of at least \(atLeast) characters"
            case .dateTime: "a date and time with milliseconds"
            }
        return type + (nullable ? " that may be NULL" : "")
    }
}
