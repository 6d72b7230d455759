import Database
import TestSupport
import Testing

/// A catalogue in tables of another program's own types, filled past the program.
enum RawCatalogue {
    private static let texts = [
        "lot_partnumbers": ["vendor", "partnumber", "lot_name", "description"],
        "qt_lot_bundles": ["bundle_lot_name"],
        "qt_lot_bundle_items": ["bundle_lot_name", "lot_name"],
        "qt_vendor_partnumber_seen": ["partnumber"],
    ]

    private static let others = [
        "lot_partnumbers": ["is_primary_pn"], "qt_lot_bundle_items": ["qty"],
        "qt_vendor_partnumber_seen": ["is_ignored", "is_pattern"],
    ]

    /// A database with one book of this catalogue: PN-1 → LOT-1, PN-2 → the bundle KIT of PART, PN-3 ignored.
    ///
    /// - Parameter types: of columns (`lot_partnumbers.lot_name`) on MariaDB, where they are others than is usual; SQLite's
    ///   take anything.
    static func database(_ engine: TestEngine, types: [String: String] = [:]) throws -> TestDatabase {
        try fill(TestDatabase(engine), types: types)
    }

    /// The same in a database that has nothing yet.
    static func fill(_ database: TestDatabase, types: [String: String] = [:]) throws -> TestDatabase {
        let engine = database.engine
        for (table, names) in texts.sorted(by: { $0.key < $1.key }) {
            let columns =
                names.map { name in
                    let usual = "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL"
                    return "\(name) " + (engine == .sqlite ? "" : types["\(table).\(name)"] ?? usual)
                }
                + (others[table] ?? []).map { name in
                    // The program wants migration 026's column to be of numbers; SQLite keeps in it what is none.
                    let type = name == "is_primary_pn" ? "INTEGER" : ""
                    return "\(name) " + (engine == .sqlite ? type : types["\(table).\(name)"] ?? "INTEGER NULL")
                }
            try database.run("CREATE TABLE \(identifier: table) (\(raw: columns.joined(separator: ", ")))")
        }
        try database.run(
            """
            INSERT INTO lot_partnumbers (vendor, partnumber, lot_name, description, is_primary_pn)
            VALUES ('', 'PN-1', 'LOT-1', 'one', 1), ('V', 'PN-2', 'KIT', NULL, 1), ('V', 'PN-3', 'LOT-3', NULL, 1)
            """,
            "INSERT INTO qt_lot_bundles (bundle_lot_name) VALUES ('KIT')",
            "INSERT INTO qt_lot_bundle_items (bundle_lot_name, lot_name, qty) VALUES ('KIT', 'PART', 1)",
            "INSERT INTO qt_vendor_partnumber_seen (partnumber, is_ignored, is_pattern) VALUES ('PN-3', 1, 0)")
        try database.succeed("create", "--migrate", "--now", "2026-11-20T03:00:00Z")
        return database
    }
}
