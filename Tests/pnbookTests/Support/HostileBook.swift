import Database
import Harness
import TestSupport

/// A book of hostile texts, put into the tables past the program.
enum HostileBook {
    private static let tokens = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "'", "''", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
        "\u{FF1B}",
        "\"", "\"\"", ",", ";", "\\", "\\n", "/", "\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{1B}", "\u{1F}", "\u{7F}",
        "\u{85}", "\u{2028}", "\u{FEFF}", "😀", "👩\u{200D}👧", "é", "e\u{301}", "Ж", "ß", "a", "PN", "0", " ", "NULL",
    ]

    /// - Parameter isDescription: may be empty, too.
    static func text(_ random: inout SplitMix64, isDescription: Bool = false) -> String {
        let count = random.below(6) + (isDescription ? 0 : 1)
        return (0..<count).map { _ in random.pick(tokens) }.joined()
    }

    /// Inserts a book, of which nothing is recorded.
    ///
    /// - Returns: what a client reads.
    static func insert(
        _ items: Int, seed: UInt64, version: String = "PNBOOK-2026-11-21-666", into database: TestDatabase
    ) throws -> Set<NaiveClient.Item> {
        var random = SplitMix64(seed: seed)
        let connection = try database.connect()
        defer { connection.close() }
        var names: Set<[[UInt8]]> = []
        var inserted: Set<NaiveClient.Item> = []
        try connection.transaction(.write) {
            try connection.execute(
                """
                INSERT INTO qt_partnumber_books (version, created_at, created_by, is_active)
                VALUES (\(version), '2026-11-21 03:00:00.000', 'by hand', 0)
                """)
            let id = connection.lastInsertedID
            while inserted.count < items {
                let (partnumber, lot) = (text(&random), text(&random))
                guard names.insert([Array(partnumber.utf8), Array(lot.utf8)]).inserted else { continue }
                let flag = random.chance(50)
                let description = random.chance(30) ? nil : text(&random, isDescription: true)
                try connection.execute(
                    """
                    INSERT INTO qt_partnumber_book_items (book_id, partnumber, lot_name, is_primary_pn, description)
                    VALUES (\(id), \(partnumber), \(lot), \(flag), \(description))
                    """)
                inserted.insert(.init(partnumber, lot, flag, description))
            }
        }
        return inserted
    }
}
