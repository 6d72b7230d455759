import Chronology
import Database

/// A run that writes nothing.
extension CreateBook {
    /// Makes the book and throws it away: what would be published, and what retention would do then.
    package func dryRun() throws -> CreateReport {
        let reader = try connect(.reader)
        defer { reader.close() }
        let builder = try readCatalogue(reader) { _ in }
        if options.onlyIfChanged, let same = try unchanged(builder, reader, nil) { return same }
        let tallies = try builder.finish { _ in }
        let shelf = BookRepository(reader)
        let books = try reader.hasTable("qt_partnumber_books") ? try shelf.books() : []
        let active = try books.first(where: \.isActive).map {
            (items: try shelf.knownItems(of: $0.id), version: $0.version)
        }
        try PublicationGuards.check(tallies, active: active, allowShrink: options.allowShrink)
        let book = try previewBook(tallies, among: books, reader)
        // The book that is active now would be the previous one.
        var marks = try shelf.marks(of: books)
        marks.previous = books.first(where: \.isActive)?.id ?? marks.previous
        return CreateReport(wouldBe: book, tallies: tallies, books: books, marks, options)
    }

    private func previewBook(
        _ tallies: BookTallies, among books: [BookHeader], _ reader: any Connection
    ) throws -> PublishedBook {
        let date = options.zone.date(at: options.now)
        let hasLedger = try reader.hasTable(BookLedger.table)
        let versions = hasLedger ? try BookRepository(reader).versions(on: date) : books.map(\.version)
        // Refused where no further book can be made, as a run would be.
        let newest = books.isEmpty ? nil : try BookRepository(reader).newestCreation()
        return PublishedBook(
            id: (books.map(\.id).max() ?? 0) + 1,
            version: BookVersion.next(on: date, after: versions).description,
            createdAt: max(options.now, newest?.advanced(byMilliseconds: 1) ?? options.now),
            createdBy: options.createdBy, items: tallies.items, partnumbers: tallies.partnumbers, digest: tallies.digest
        )
    }
}
