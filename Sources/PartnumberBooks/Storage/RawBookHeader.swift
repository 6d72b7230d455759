import Chronology
import Database
import ErrorModel

/// A header as a reader gets it: nothing is taken for granted, not even that it can be read.
struct RawBookHeader {
    /// As the database hands it out.
    let idText: String?
    /// Zero where ``hasID`` is false.
    let id: Int64
    /// Nil for NULL.
    let version: String?
    /// As the database hands it out.
    let createdAt: String?
    /// Nil where that is no date and time.
    let instant: Instant?
    let isActive: Bool
    private let isVersionText: Bool

    private init(_ row: Row) {
        idText = row.text(0)
        id = row.integer(0) ?? 0
        hasID = row.integer(0) != nil
        version = row.text(1)
        isVersionText = row.cell(1).kind == .null || (row.cell(1).kind == .text && row.cell(1).utf8.isValidUTF8)
        createdAt = row.text(2)
        instant = Instant(row.cell(2))
        isActive = row.number(3) == 1
    }

    /// Whether the id is a number that clients hold: only then can its items be asked for.
    let hasID: Bool

    /// For messages: `PNBOOK-2026-11-20-001 (id 7)`.
    var name: DisplayText { "\(DisplayText.term(Excerpt.bare(versionText))) (id \(Excerpt.bare(idText ?? "NULL")))" }

    var versionText: String { version ?? "a book without a version" }

    /// All of them, newest first; those without a time that can be read last.
    static func all(on connection: any Connection) throws -> [RawBookHeader] {
        try connection.rows("SELECT id, version, created_at, is_active FROM qt_partnumber_books", RawBookHeader.init)
            .sorted { left, right in
                switch (left.instant, right.instant) {
                case (let left?, let right?) where left != right: left > right
                case (_?, nil): true
                case (nil, _?): false
                default: left.id > right.id
                }
            }
    }

    /// What of it a reader cannot use; empty where it is as it must be.
    var flaws: [DisplayText] {
        var flaws: [DisplayText] = []
        if !hasID { flaws.append("its id is no whole number up to \(Int64.max), which is what clients hold") }
        if instant == nil {
            flaws.append(
                createdAt == nil
                    ? "it has no created_at" : "its created_at \(Excerpt.quoted(createdAt)) is no date and time")
        }
        if !isVersionText { flaws.append("its version is no text in UTF-8") }
        let characters = version?.unicodeScalars.count ?? 0
        if characters == 0 { flaws.append("it has no version") }
        if characters > Self.versionLength {
            flaws.append("its version has \(characters) characters, and clients hold \(Self.versionLength)")
        }
        return flaws
    }

    /// Of a version, in characters, from migration 027 on (<doc:Tables#Limits>).
    private static let versionLength = 30
}

extension [RawBookHeader] {
    /// By id, version or word, as ``BookRepository/book(named:)`` finds it.
    ///
    /// - Parameter record: where the program's own record is, which tells what was active before.
    /// - Throws: ``BookNotFound``.
    func book(named name: String, place: String, record: any Connection) throws -> RawBookHeader {
        let found: RawBookHeader?
        switch BookWord(rawValue: name) {
        case .active?: found = first(where: \.isActive)
        case .newest?: found = first
        case .previous?:
            let history = ActivationHistory(try BookActivations(record).entries())
            let previous = history.previous(
                to: first(where: \.isActive)?.id, among: filter(\.hasID).map(\.id))
            found = first { $0.hasID && $0.id == previous }
        case nil:
            let id = Int64(name)
            found = if id != nil { first { $0.hasID && $0.id == id } } else { first { $0.version == name } }
        }
        guard let found else {
            throw BookNotFound(name: name, place: place, removed: try BookLedger(connection: record).removal(of: name))
        }
        return found
    }
}
