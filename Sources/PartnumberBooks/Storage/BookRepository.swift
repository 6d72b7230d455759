import Chronology
package import Database

/// The books as readers see them: their headers, `qt_partnumber_books`, and by way of them items and ledger.
package struct BookRepository {
    static let table = "qt_partnumber_books"

    private let connection: any Connection
    /// The books' items.
    package let items: BookItems
    /// What the program has recorded of the books that it made.
    package let ledger: BookLedger
    /// What the program has recorded of switches.
    package let activations: BookActivations
    /// The books that users keep for good.
    let pins: BookPins

    package init(_ connection: any Connection) {
        self.connection = connection
        items = BookItems(connection)
        ledger = BookLedger(connection: connection)
        activations = BookActivations(connection)
        pins = BookPins(connection)
    }

    private static let headers = "SELECT \(BookHeader.columns) FROM qt_partnumber_books"

    /// All books, newest first.
    ///
    /// - Throws: ``UnreadableBook``: a decision about all books must know all of them.
    package func books() throws -> [BookHeader] {
        try connection.rows("\(raw: Self.headers)", BookHeader.init).sorted(by: BookHeader.isNewer)
    }

    /// All books that can be read, newest first, and those that cannot.
    package func listing() throws -> BookListing {
        let found = try connection.rows("\(raw: Self.headers)") { row in
            Result { () throws(UnreadableBook) in try BookHeader(row) }
        }
        return BookListing(
            books: found.compactMap { try? $0.get() }.sorted(by: BookHeader.isNewer),
            unreadable: found.compactMap { if case .failure(let error) = $0 { error } else { nil } })
    }

    /// The active book, by the reader's own rule (<doc:ReaderProtocol#The-active-book>).
    package func activeBook() throws -> BookHeader? {
        try connection.first(
            "\(raw: Self.headers) WHERE is_active = 1 ORDER BY created_at DESC, id DESC LIMIT 1", BookHeader.init)
    }

    /// The book that was active before the active one; nil where there is no other (<doc:Publishing#The-previous-book>).
    package func previousBook() throws -> BookHeader? {
        let books = try listing().books
        let previous = try previous(among: books)
        return books.first { $0.id == previous }
    }

    private func previous(among books: [BookHeader]) throws -> Int64? {
        // Newest first, so that it is the one that readers take where a table has several.
        let active = books.first(where: \.isActive)?.id
        return ActivationHistory(try activations.entries()).previous(to: active, among: books.map(\.id))
    }

    /// What the program knows of books beside their headers, for a decision about all of them.
    ///
    /// - Parameter books: all that exist, newest first.
    /// - Throws: `DatabaseError`, kind `missingRight`, where there may be pins that this account may not read.
    package func marks(of books: [BookHeader]) throws -> BookMarks {
        BookMarks(previous: try previous(among: books), pins: try pins.all())
    }

    /// The same for a list, from which nothing is decided: without pins where this account may not read them.
    package func readableMarks(of books: [BookHeader]) throws -> BookMarks {
        BookMarks(previous: try previous(among: books), pins: try pins.readable())
    }

    /// A book by id, by version or by one of the words of ``BookWord``.
    ///
    /// - Throws: ``BookNotFound``.
    package func book(named name: String) throws -> BookHeader {
        let found: BookHeader? =
            switch BookWord(rawValue: name) {
            case .active?: try activeBook()
            case .previous?: try previousBook()
            case .newest?: try listing().books.first
            case nil:
                if let id = Int64(name) {
                    try connection.first("\(raw: Self.headers) WHERE id = \(id)", BookHeader.init)
                } else {
                    try connection.first("\(raw: Self.headers) WHERE version = \(name)", BookHeader.init)
                }
            }
        guard let found else {
            throw BookNotFound(name: name, place: connection.place, removed: try ledger.removal(of: name))
        }
        return found
    }

    /// What the next book comes after.
    ///
    /// - Returns: when the newest book was made, nil where there is none; and the next one's id, nil where the engine gives it.
    /// - Throws: `BookDataError` where no further book can be made after those that exist; ``UnreadableBook``.
    func succession() throws -> (newestCreation: Instant?, id: Int64?) {
        let books = try books()
        return (books.first?.createdAt, try BookNumbering(connection: connection).idAboveCounter(after: books))
    }

    /// Versions on `date` that have ever been given, also to books long removed.
    ///
    /// - Throws: `BookDataError.lastVersion(_:)` where no version can follow them.
    func versions(on date: CivilDate) throws -> [String] {
        let pattern = BookVersion.prefix(of: date) + "%"
        // Two queries: the tables may have different collations, which a UNION refuses.
        let present = try connection.rows(
            "SELECT version FROM qt_partnumber_books WHERE version LIKE \(pattern)"
        ) { $0.text(0) ?? "" }
        let versions = present + (try ledger.versions(like: pattern))
        if let last = versions.first(where: { BookVersion.number(of: $0, on: date) == BookVersion.lastNumber }) {
            throw BookDataError.lastVersion(last)
        }
        return versions
    }

    // MARK: Writing

    /// Writes the header of a book that is not active yet.
    ///
    /// - Parameter given: its id; nil where the engine counts.
    /// - Returns: its id.
    /// - Throws: ``PublicationError``.
    func insert(id given: Int64?, version: String, createdAt: Instant, createdBy: String) throws -> Int64 {
        let (column, value): (SQL, SQL) = given.map { ("id, ", "\($0), ") } ?? ("", "")
        try connection.execute(
            """
            INSERT INTO qt_partnumber_books (\(column)version, created_at, created_by, is_active)
            VALUES (\(value)\(version), \(createdAt.sqlText), \(createdBy), 0)
            """)
        let id = given ?? connection.lastInsertedID
        guard id > 0, id < .max else { throw PublicationError.unusableID(id) }
        return id
    }

    /// Removes a header, unless its book is active.
    ///
    /// - Returns: whether it was there and not active. A flag may be NULL in tables of another program's, which is not active
    ///   either.
    func removeInactive(_ id: Int64) throws -> Bool {
        try connection.execute("DELETE FROM qt_partnumber_books WHERE id = \(id) AND COALESCE(is_active, 0) <> 1") == 1
    }

    /// Makes `id` the one active book, inside the caller's transaction, and records which one it replaces. Off first, then on: the
    /// database refuses two.
    ///
    /// Each header is asked for by its key: to look for the active one while writing would wait for any transaction that holds one.
    ///
    /// - Returns: the book that was active until now; nil where no other was.
    @discardableResult
    func activate(_ id: Int64, by author: BookActivations.Author) throws -> Int64? {
        let look: SQL = "SELECT id FROM qt_partnumber_books WHERE is_active = 1"
        let seen = Set(try connection.rows(look) { $0.integer(0) ?? 0 })
        var others = seen.subtracting([id])
        // The one that was active last: what another program has committed meanwhile counts more than the snapshot.
        var replaced = others.max()
        if let committed = connection.engine.dialect.readingCommitted {
            // What has been committed since the transaction began, too: under REPEATABLE READ the look above is of then.
            let now = try connection.rows("\(look) AND id <> \(id)\(raw: committed)") { $0.integer(0) ?? 0 }
            others.formUnion(now)
            replaced = now.max() ?? replaced
        }
        for other in others.sorted() { try set(0, on: other) }
        try set(1, on: id)
        // A book that was the only active one replaces none, and what is recorded of it stays true.
        if !seen.contains(id) || !others.isEmpty { try activations.record(id, replacing: replaced, by: author) }
        return replaced
    }

    /// Sets the flag of one book, and makes sure that nothing else of its header changes with it: a published book never
    /// does, also where a trigger that we may not see would change it.
    private func set(_ isActive: Int, on id: Int64) throws {
        // Held first: what another program had changed until then is no change of ours.
        let before = try PublishedHeader(id, on: connection, holding: true)
        let written = try connection.execute(
            "UPDATE qt_partnumber_books SET is_active = \(raw: String(isActive)) WHERE id = \(id)")
        guard written == 1 || isActive == 0 else { throw PublicationError.notActivated(id) }
        try PublishedHeader(id, on: connection).requireSame(as: before, id)
    }
}
