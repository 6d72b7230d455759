import Database
import Testing

@testable import DatabaseMariaDB

/// A full disk has many numbers on MariaDB, and some of them say so in their text alone.
@Suite("MariaDB's words for a full disk")
struct FullDiskKindTests {
    private static let full: [(Int, String)] = [
        (
            1021,
            "Disk full (/tmp/#sql-temptable-1); waiting for someone to free some space... (errno: 28 \"No space left on device\")"
        ),
        (1114, "The table 'qt_partnumber_book_items' is full"),
        (1105, "Maximum writeset size exceeded"),
        (1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"),
        (1026, "Error writing file '/tmp/MYabcd' (errno: 28 \"No space left on device\")"),
        (3, "Error writing file './shop/db.opt' (Errcode: 28 \"No space left on device\")"),
    ]

    private static let other: [(Int, String)] = [
        (1105, "Unknown error"),
        (1030, "Got error 168 \"Unknown (generic) error from engine\" from storage engine InnoDB"),
        (1026, "Error writing file '/tmp/MYabcd' (errno: 5 \"Input/output error\")"),
    ]

    private static func kind(_ error: (code: Int, message: String)) -> DatabaseError.Kind {
        MariaDBConnection.error(code: error.code, message: error.message, statement: nil, place: "here").kind
    }

    @Test("All of them are a full database", arguments: full)
    func isFull(error: (Int, String)) {
        #expect(Self.kind(error) == .full)
    }

    @Test("The same numbers with another text are not", arguments: other)
    func isOther(error: (Int, String)) {
        #expect(Self.kind(error) == .other)
    }
}
