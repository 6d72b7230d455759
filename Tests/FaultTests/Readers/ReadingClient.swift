import Crypto
import Database
import Foundation
import Harness
import TestSupport

/// QuoteForge (<doc:ReaderProtocol#What-a-client-does>): its own statements, with the rights it has, over and over. It writes
/// down whatever no client may ever meet.
final class ReadingClient {
    /// How the statements of a synchronisation belong together.
    enum Manner: String {
        /// Each by itself, as the client does it.
        case autocommit
        /// All in one snapshot, as a client could.
        case snapshot
    }

    /// What was done and seen.
    struct Tally {
        var syncs = 0
        var pulled = 0
        var comparedAgain = 0
        /// Books that were listed and, before they were pulled, removed.
        var vanished = 0
        /// Synchronisations after which the book that was active when they began is one that has vanished.
        var withoutActive = 0
        var broken: [String] = []
    }

    private struct Listed {
        let version: String
        let createdAt: String
        let isActive: Bool
    }

    private let manner: Manner
    private let connection: any Connection
    private(set) var tally = Tally()
    /// The digest of what was pulled of each book: the client's own file.
    private var held: [Int64: String] = [:]
    /// The digests of all books ever pulled.
    private(set) var pulled: [Int64: String] = [:]
    /// Every book ever listed, by the server's id, with version and created_at.
    private var known: [Int64: [String]] = [:]
    private var gone: Set<Int64> = []
    private var random: SplitMix64

    init(_ manner: Manner, _ connection: any Connection) {
        self.manner = manner
        self.connection = connection
        random = SplitMix64(seed: manner == .autocommit ? 1 : 2)
    }

    /// Synchronises again and again until `isOver`. An error ends it and is a broken promise like any other.
    func run(until isOver: () -> Bool) {
        do {
            while !isOver() {
                // Now and then a new installation, which pulls everything.
                if tally.syncs % 8 == 0 { held = [:] }
                switch manner {
                case .autocommit: try synchronise()
                case .snapshot: try connection.transaction(.snapshot) { try synchronise() }
                }
                tally.syncs += 1
                usleep(50_000)
            }
        } catch {
            complain("\(error)")
        }
        connection.close()
    }

    private func complain(_ what: String) {
        if tally.broken.count < 10 { tally.broken.append("\(manner), sync \(tally.syncs): \(what)") }
    }

    // MARK: A synchronisation

    private func synchronise() throws {
        let listed = try list()
        for (id, book) in listed.sorted(by: { $0.key < $1.key }) where held[id] == nil {
            if let digest = try pull(id) {
                held[id] = digest
                tally.pulled += 1
                if let before = pulled.updateValue(digest, forKey: id), before != digest {
                    complain("the items of \(book.version) are others than when they were pulled before")
                }
            } else if try isListed(id) {
                // Listed before and after: the header stood without its items in between.
                complain("\(book.version) has a header and no items")
            } else {
                vanish(book)
            }
        }
        try compareAgain(listed)
        // One statement is of one instant: where a header stands, its items do.
        let empty = try connection.rows(
            """
            SELECT version FROM qt_partnumber_books b
            WHERE NOT EXISTS (SELECT 1 FROM qt_partnumber_book_items i WHERE i.book_id = b.id)
            """
        ) { $0.text(0) ?? "" }
        for version in empty { complain("\(version) stands without items") }
        // On the server there is one at any time (<doc:ReaderProtocol#The-active-book>).
        let active = try connection.rows(
            """
            SELECT id FROM qt_partnumber_books WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1
            """
        ) { $0.integer(0) ?? 0 }
        if active.isEmpty { complain("no book is active") }
        if let id = active.first, manner == .snapshot, held[id] == nil { complain("the active book \(id) is not held") }
    }

    /// A book was listed and was gone when its items were asked for.
    ///
    /// With a statement for each no promise is broken: at either instant what was visible was whole. The client holds a
    /// header without items until the next synchronisation, where the server does not list it any more. In one snapshot it
    /// must not happen.
    private func vanish(_ book: Listed) {
        tally.vanished += 1
        if book.isActive { tally.withoutActive += 1 }
        if manner == .snapshot { complain("\(book.version) is listed in a snapshot and has no items in it") }
    }

    /// Lists all books, and compares the list with all that was listed before.
    private func list() throws -> [Int64: Listed] {
        let rows = try connection.rows("SELECT id, version, created_at, is_active FROM qt_partnumber_books") { row in
            (
                row.integer(0) ?? 0,
                Listed(version: row.text(1) ?? "", createdAt: row.text(2) ?? "", isActive: row.integer(3) == 1)
            )
        }
        let listed = Dictionary(rows) { first, _ in first }
        if listed.count != rows.count { complain("an id is listed twice") }
        if Set(rows.map(\.1.version)).count != rows.count { complain("a version is listed twice") }
        let active = rows.filter(\.1.isActive)
        if active.count != 1 { complain("\(active.count) books are active") }
        let inOrder = rows.sorted { $0.0 < $1.0 }
        for (older, newer) in zip(inOrder, inOrder.dropFirst()) where newer.1.createdAt <= older.1.createdAt {
            complain("\(newer.1.version) is not later than \(older.1.version)")
        }
        for (id, book) in rows {
            let facts = [book.version, book.createdAt]
            if let before = known.updateValue(facts, forKey: id), before != facts {
                complain("id \(id) was \(before) and is \(facts)")
            }
            if gone.contains(id) { complain("\(book.version) was gone and is there again") }
        }
        gone.formUnion(known.keys.filter { listed[$0] == nil })
        held = held.filter { listed[$0.key] != nil }
        return listed
    }

    /// Reads one of the books that it holds a second time: a published book never changes.
    private func compareAgain(_ listed: [Int64: Listed]) throws {
        guard !held.isEmpty else { return }
        let id = random.pick(held.keys.sorted())
        guard let digest = try pull(id) else {
            if try isListed(id) { complain("book \(id) has lost its items and has its header") }
            if manner == .snapshot { complain("book \(id) is gone within a snapshot") }
            return
        }
        tally.comparedAgain += 1
        if digest != held[id] { complain("the items of book \(id) have changed") }
    }

    private func isListed(_ id: Int64) throws -> Bool {
        try connection.count("SELECT COUNT(*) FROM qt_partnumber_books WHERE id = \(id)") == 1
    }

    /// Pulls a book by the client's own statement.
    ///
    /// - Returns: the digest (<doc:BookRules#Digest>) of what came; nil if nothing came.
    private func pull(_ id: Int64) throws -> String? {
        let items = try connection.rows(
            "SELECT partnumber, lot_name, is_primary_pn, description FROM qt_partnumber_book_items WHERE book_id = \(id)"
        ) { row in
            (
                Array((row.text(0) ?? "").utf8), Array((row.text(1) ?? "").utf8), row.integer(2) == 1,
                row.text(3).map { Array($0.utf8) }
            )
        }
        if items.isEmpty { return nil }
        let ordered = items.sorted { left, right in
            left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0.lexicographicallyPrecedes(right.0)
        }
        var hash = SHA256()
        for (partnumber, lot, isPrimary, description) in ordered {
            hash.update(
                data: partnumber + [0x1F] + lot + [0x1F, isPrimary ? 0x31 : 0x30, 0x1F] + (description ?? [0]) + [0x1E])
        }
        return "sha256:" + hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
