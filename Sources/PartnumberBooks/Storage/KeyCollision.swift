package import Database
package import ErrorModel

/// Two part numbers of the catalogue that are one key to the items' table: a book with both would be refused.
///
/// It takes an adopted table with a unique key whose collation does not tell them apart; the keys of our own tables
/// compare bytes.
package struct KeyCollision: Hashable {
    package let first: String
    package let second: String
    package let collation: String
    package let key: String

    private static let table = "qt_partnumber_book_items"

    /// Looks for the first two; nil where there are none, or no such key. Reads the whole catalogue where there is one.
    package init?(in connection: any Connection) throws {
        guard let items = try connection.describe([Self.table]).first else { return nil }
        for key in items.keys where key.isUnique && !key.isPartial {
            let collations = ["partnumber", "lot_name"].map { name in
                key.parts.first { $0.column?.lowercased() == name }?.collation
            }
            guard let partnumber = collations[0], let lot = collations[1],
                [partnumber, lot].contains(where: { !Self.isBinary($0) }),
                let pair = try Self.pair(in: connection, partnumber: partnumber, lot: lot)
            else { continue }
            (first, second) = pair
            collation = Self.isBinary(partnumber) ? lot : partnumber
            self.key = key.name
            return
        }
        return nil
    }

    /// Trimmed texts differ by more than the blanks that some of these pad.
    private static func isBinary(_ collation: String) -> Bool {
        ["BINARY", "RTRIM"].contains(collation) || collation.hasSuffix("_bin")
    }

    private static func pair(
        in connection: any Connection, partnumber: String, lot: String
    ) throws -> (String, String)? {
        let engine = connection.engine
        func text(_ collation: String) -> String {
            switch engine {
            case .sqlite: "TRIM(%)"
            // A collation belongs to one character set.
            case .mariadb: "CONVERT(TRIM(%) USING \(collation.prefix { $0 != "_" }))"
            }
        }
        let bytes =
            switch engine {
            case .sqlite: "%"
            case .mariadb: "CAST(% AS BINARY)"
            }
        func of(_ column: String, _ form: String) -> String { form.replacing("%", with: column) }
        let pairs = try connection.rows(
            """
            SELECT MIN(\(raw: of("pn", bytes))), MAX(\(raw: of("pn", bytes))), MIN(\(raw: of("lot", bytes))),
                MAX(\(raw: of("lot", bytes))) FROM (
                SELECT \(raw: of("partnumber", text(partnumber))) AS pn, \(raw: of("lot_name", text(lot))) AS lot FROM lot_partnumbers
                WHERE TRIM(lot_name) <> '') AS mappings
            GROUP BY pn COLLATE \(raw: partnumber), lot COLLATE \(raw: lot)
            HAVING MIN(\(raw: of("pn", bytes))) <> MAX(\(raw: of("pn", bytes)))
                OR MIN(\(raw: of("lot", bytes))) <> MAX(\(raw: of("lot", bytes)))
            LIMIT 1
            """
        ) { row in (0...3).map { row.text($0) ?? "" } }
        // One part number may come with two LOTs that are one key.
        return pairs.first.map { texts in
            texts[0] != texts[1]
                ? (texts[0], texts[1]) : ("\(texts[0]) with LOT \(texts[2])", "\(texts[1]) with LOT \(texts[3])")
        }
    }

    package var text: DisplayText {
        "the part numbers \(Excerpt.quoted(first)) and \(Excerpt.quoted(second)) are one key under \(collation) (\(key) on \(Self.table)), so a book with both "
            + "cannot be written; nothing was changed"
    }

    /// The statement that tells them apart, or nil where the table must be made again.
    package func remedy(on engine: Engine) -> String? {
        let type = "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL"
        return switch engine {
        case .mariadb:
            "ALTER TABLE `\(Self.table)` MODIFY COLUMN `partnumber` \(type), MODIFY COLUMN `lot_name` \(type);"
        case .sqlite: key.hasPrefix("sqlite_autoindex") ? nil : "DROP INDEX `\(key)`;"
        }
    }
}
