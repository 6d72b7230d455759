import Database
import TestSupport

extension TestEngine {
    /// A text type that compares byte for byte, as SQLite does: on MariaDB the collation must be said.
    func text(_ type: String) -> String {
        switch self {
        case .sqlite: type
        case .mariadb: type + " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
        }
    }
}

extension Connection {
    /// One column of a small result, as bytes: Swift's `String` would take NFC and NFD for the same.
    func bytes(_ sql: SQL) throws -> [[UInt8]?] {
        try rows(sql) { row in row.utf8(0).map { Array($0) } }
    }

    /// The values of a small result.
    func values(_ sql: SQL) throws -> [[Value]] {
        try rows(sql) { $0.values }
    }
}
