package import Database
import FoundationEssentials

/// Proves what readers rely on (<doc:ReaderProtocol#Promises>), with the statements that they send; changes nothing.
package struct VerifyBooks {
    private let reader: any Connection
    private let record: any Connection
    private let toleratedLag: Int?

    /// - Parameters:
    ///   - reader: for the reader's statements; the right to read the two book tables is enough.
    ///   - record: for what the program has recorded, and for the catalogue; may be the same.
    ///   - toleratedLag: how many books a reader's own server may be behind; nil where that is only told.
    package init(reader: any Connection, record: any Connection, toleratedLag: Int? = nil) {
        self.reader = reader
        self.record = record
        self.toleratedLag = toleratedLag
    }

    /// Looks at all books together, and at no item.
    package func shelf() throws -> [Finding] {
        let before = try LedgerSnapshot(record)
        return try reader.transaction(.snapshot) {
            let headers = try RawBookHeader.all(on: reader)
            let after = try LedgerSnapshot(record)
            return try invariants(headers, before, after).findings()
        }
    }

    /// Looks at the whole shelf, and at the items of one book or of all.
    ///
    /// - Parameters:
    ///   - name: as ``BookRepository/book(named:)`` takes it; nil for all books.
    ///   - againstCatalogue: compare the active book with what the catalogue would give now.
    ///   - temporaryFolder: where that may put a temporary file.
    /// - Throws: ``BookNotFound``; `DatabaseError` where something cannot be read at all.
    package func run(
        _ name: String?, againstCatalogue: Bool = false, temporaryFolder: String = TemporaryFolder.path
    ) throws -> VerifyReport {
        // Before and after the readers' snapshot is taken: books come and go meanwhile, and neither is an error.
        let before = try LedgerSnapshot(record)
        let activeBefore = try activeBook()
        var report = try reader.transaction(.snapshot) {
            let headers = try RawBookHeader.all(on: reader)
            let after = try LedgerSnapshot(record)
            let lag = try lag(headers, before, after, activeBefore)
            let chosen = try name.map { [try headers.book(named: $0, place: reader.place, record: record)] } ?? headers
            let shelf = try invariants(headers, before, after).findings() + lag
            let books = try chosen.filter(\.hasID).map { header in
                // An id that was another book's says nothing of this one.
                let entry = after.entries[header.id].flatMap { $0.version == header.version ? $0 : nil }
                return try BookCheck(reader: reader, header: header, recorded: entry).findings()
            }
            return VerifyReport(allBooks: shelf, books: books, catalogue: nil)
        }
        if againstCatalogue {
            let measured = report.books.map { ($0.id, $0.measure) }
            report.catalogue = try CatalogueDriftCheck(
                connection: record, measured: Dictionary(measured) { first, _ in first },
                temporaryFolder: temporaryFolder
            ).finding()
        }
        return report
    }

    /// How far a reader's own server is behind; nothing where the reader reads where books are made.
    private func lag(
        _ headers: [RawBookHeader], _ before: LedgerSnapshot, _ after: LedgerSnapshot, _ activeBefore: BookHeader?
    ) throws -> [Finding] {
        guard reader !== record else { return [] }
        let active = try activeBook()
        return [
            ReaderLag(
                headers: headers, before: before, after: after, active: active?.id == activeBefore?.id ? active : nil,
                tolerated: toleratedLag
            ).finding
        ]
    }

    private func activeBook() throws -> BookHeader? {
        guard reader !== record, try record.hasTable("qt_partnumber_books") else { return nil }
        return try BookRepository(record).activeBook()
    }

    private func invariants(
        _ headers: [RawBookHeader], _ before: LedgerSnapshot, _ after: LedgerSnapshot
    ) throws -> LibraryInvariants {
        LibraryInvariants(
            reader: reader, headers: headers, before: before, after: after,
            pins: Array(try BookPins(record).readable().values))
    }
}
