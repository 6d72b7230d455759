import Chronology
import Database
import ErrorModel

/// A run that writes nothing.
extension CreateBook {
    /// Makes the book and throws it away: what would be published, what it would change, and what retention would do then.
    ///
    /// - Parameter tally: has what was seen, also where the run is refused.
    package func dryRun(tally: RunTally = RunTally()) throws -> CreateReport {
        let reader = try connect(.reader)
        defer { reader.close() }
        let builder = try readCatalogue(reader) { _ in }
        tally.read(builder)
        do {
            if options.onlyIfChanged, let same = try unchanged(builder, reader, nil) { return same }
            return try preview(builder, reader, tally)
        } catch {
            tally.complete(builder)
            throw error
        }
    }

    private func preview(_ builder: BookBuilder, _ reader: any Connection, _ tally: RunTally) throws -> CreateReport {
        let shelf = BookRepository(reader)
        let books = try reader.hasTable("qt_partnumber_books") ? try shelf.books() : []
        let active = books.first(where: \.isActive)
        let activeSize = try active.map { (items: try shelf.knownItems(of: $0.id), version: $0.version) }
        let counter = active.map {
            ChangeCounter(since: $0, on: reader, patience: Self.patience, needsOrder: false)
        }
        let tallies = try builder.finish { counter?.add($0) }
        let changes = counter?.finish()
        tally.made(tallies, changes: changes)
        try PublicationGuards.check(tallies, active: activeSize, allowShrink: options.allowShrink)
        let book = try previewBook(tallies, among: books, reader)
        let notes = counter?.failure.map { failure -> [DisplayText] in
            ["what the book would change since \(active?.version ?? "") is not known: \(failure)"]
        }
        // The book that is active now would be the previous one.
        var marks = try shelf.marks(of: books)
        marks.previous = active?.id ?? marks.previous
        return CreateReport(
            wouldBe: book, tallies: tallies, changes: changes, books: books, marks, options, notes: notes ?? [])
    }

    private func previewBook(
        _ tallies: BookTallies, among books: [BookHeader], _ reader: any Connection
    ) throws -> PublishedBook {
        let date = options.zone.date(at: options.now)
        let hasLedger = try reader.hasTable(BookLedger.table)
        let versions = hasLedger ? try BookRepository(reader).versions(on: date) : books.map(\.version)
        // Refused where no further book can be made, as a run would be.
        let newest = books.isEmpty ? nil : try BookRepository(reader).succession().newestCreation
        return PublishedBook(
            id: (books.map(\.id).max() ?? 0) + 1,
            version: BookVersion.next(on: date, after: versions).description,
            createdAt: max(options.now, newest?.advanced(byMilliseconds: 1) ?? options.now),
            createdBy: options.createdBy, items: tallies.items, partnumbers: tallies.partnumbers, digest: tallies.digest
        )
    }
}
