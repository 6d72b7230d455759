import Chronology
import Database

/// A header as a reader gets it: nothing is taken for granted, not even that it can be read.
struct ShelfHeader {
    let id: Int64
    /// Nil for NULL.
    let version: String?
    /// As the database hands it out.
    let createdAt: String?
    let isActive: Bool

    /// For messages: `PNBOOK-2026-11-20-001 (id 7)`.
    var name: String { "\(versionText) (id \(id))" }

    var versionText: String { version ?? "a book without a version" }

    /// All of them, newest first, in the reader's order; so the first active one is the one that readers take.
    static func all(on connection: any Connection) throws -> [ShelfHeader] {
        try connection.rows(
            """
            SELECT id, version, created_at, is_active FROM qt_partnumber_books
            ORDER BY created_at DESC, id DESC
            """
        ) { row in
            ShelfHeader(
                id: row.integer(0) ?? 0, version: row.text(1), createdAt: row.text(2), isActive: row.integer(3) == 1)
        }
    }

    /// What of it a reader cannot use; empty where it is as it must be.
    var flaws: [String] {
        var flaws: [String] = []
        if createdAt.flatMap(Instant.init(sqlText:)) == nil {
            flaws.append(createdAt.map { "its created_at '\($0)' is no date and time" } ?? "it has no created_at")
        }
        let characters = version?.unicodeScalars.count ?? 0
        if characters == 0 { flaws.append("it has no version") }
        if characters > Self.versionLength {
            flaws.append("its version has \(characters) characters, and clients hold \(Self.versionLength)")
        }
        return flaws
    }

    /// Of a version, in characters (CONTRACT 2, migration 027).
    private static let versionLength = 30
}

extension [ShelfHeader] {
    /// By `active`, id or version, as ``BookShelf/book(named:)`` finds it.
    ///
    /// - Throws: ``BookNotFound``.
    func book(named name: String, place: String) throws -> ShelfHeader {
        let id = Int64(name)
        let found =
            if name == "active" {
                first(where: \.isActive)
            } else if let id {
                first { $0.id == id }
            } else {
                first { $0.version == name }
            }
        guard let found else { throw BookNotFound(name: name, place: place) }
        return found
    }
}
