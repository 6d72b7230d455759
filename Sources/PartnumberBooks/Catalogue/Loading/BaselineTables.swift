import Database

/// The source tables as they are before migration 026, for a database that does not have them yet.
///
/// Text compares by bytes here, so that both engines hold the same rows: a real PriceForge has its own collations.
enum BaselineTables {
    /// The statements that make `table`.
    static func creation(of table: CatalogueTable, _ engine: Engine) -> SQL {
        switch engine {
        case .mariadb: SQL(raw: "CREATE TABLE `\(table.rawValue)` (\(mariadb(table))) \(options)")
        case .sqlite: SQL(raw: "CREATE TABLE \(table.rawValue) (\(sqlite(table))) WITHOUT ROWID")
        }
    }

    private static let options =
        "ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin"

    private static func mariadb(_ table: CatalogueTable) -> String {
        switch table {
        case .lots:
            """
            `lot_name` VARCHAR(255) NOT NULL,
            `lot_description` VARCHAR(10000) NULL,
            `lot_category` VARCHAR(255) NULL,
            PRIMARY KEY (`lot_name`)
            """
        case .mappings:
            """
            `vendor` VARCHAR(255) NOT NULL DEFAULT '',
            `partnumber` VARCHAR(255) NOT NULL,
            `lot_name` VARCHAR(255) NULL,
            `description` VARCHAR(10000) NULL,
            PRIMARY KEY (`vendor`, `partnumber`)
            """
        case .bundles:
            "`bundle_lot_name` VARCHAR(255) NOT NULL, PRIMARY KEY (`bundle_lot_name`)"
        case .bundleItems:
            """
            `bundle_lot_name` VARCHAR(255) NOT NULL,
            `lot_name` VARCHAR(255) NOT NULL,
            `qty` DECIMAL(20,4) NOT NULL DEFAULT 1,
            PRIMARY KEY (`bundle_lot_name`, `lot_name`)
            """
        case .seen:
            """
            `partnumber` VARCHAR(255) NOT NULL,
            `vendor` VARCHAR(255) NOT NULL DEFAULT '',
            `is_ignored` TINYINT(1) NOT NULL DEFAULT 0,
            `is_pattern` TINYINT(1) NOT NULL DEFAULT 0,
            PRIMARY KEY (`partnumber`)
            """
        }
    }

    private static func sqlite(_ table: CatalogueTable) -> String {
        let name = { (column: String) in
            "\(column) VARCHAR(255) NOT NULL CHECK (typeof(\(column)) = 'text' AND length(\(column)) <= 255)"
        }
        let optional = { (column: String, limit: Int) in
            "\(column) VARCHAR(\(limit)) NULL CHECK (\(column) IS NULL OR length(\(column)) <= \(limit))"
        }
        let flag = { (column: String) in
            "\(column) TINYINT(1) NOT NULL DEFAULT 0 CHECK (typeof(\(column)) = 'integer')"
        }
        return switch table {
        case .lots:
            name("lot_name") + ", " + optional("lot_description", 10_000) + ", " + optional("lot_category", 255)
                + ", PRIMARY KEY (lot_name)"
        case .mappings:
            name("vendor") + " DEFAULT '', " + name("partnumber") + ", " + optional("lot_name", 255) + ", "
                + optional("description", 10_000) + ", PRIMARY KEY (vendor, partnumber)"
        case .bundles:
            name("bundle_lot_name") + ", PRIMARY KEY (bundle_lot_name)"
        case .bundleItems:
            name("bundle_lot_name") + ", " + name("lot_name")
                + ", qty DECIMAL(20,4) NOT NULL DEFAULT 1, PRIMARY KEY (bundle_lot_name, lot_name)"
        case .seen:
            name("partnumber") + ", " + name("vendor") + " DEFAULT '', " + flag("is_ignored") + ", "
                + flag("is_pattern") + ", PRIMARY KEY (partnumber)"
        }
    }
}
