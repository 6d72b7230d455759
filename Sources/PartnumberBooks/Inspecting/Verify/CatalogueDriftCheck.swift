import Database
import ErrorModel
import FoundationEssentials

/// Whether the active book is what a book made of the catalogue now would be: one is made and thrown away.
struct CatalogueDriftCheck {
    let connection: any Connection
    /// Books whose items have just been measured: a published book never changes.
    let measured: [Int64: BookSummary]
    /// Where the sort may put a temporary file.
    let temporaryFolder: String

    func finding() throws -> Finding {
        // The active book and the catalogue at one instant.
        try connection.transaction(.snapshot) {
            guard let active = try RawBookHeader.all(on: connection).first(where: { $0.isActive && $0.hasID }) else {
                return .notChecked(.catalogue, "no book is active")
            }
            do {
                return try compare(active)
            } catch let error as BookDataError {
                return .broken(.catalogue, "no book can be made of the catalogue as it is: \(error)", fix: error.remedy)
            }
        }
    }

    private func compare(_ active: RawBookHeader) throws -> Finding {
        let builder = try CatalogueReader(connection).readInSnapshot(temporaryFolder: temporaryFolder)
        let book = try measured[active.id] ?? BookRepository(connection).items.measure(active.id)
        let tallies = try builder.finish { _ in }
        if tallies.digest == book.digest {
            return .ok(.catalogue, "\(active.name) is what a book made now would be")
        }
        let counts = try BookDiff.compare(
            from: BookCursor(active.id, on: connection), to: BookCursor { _ = try builder.finish(emit: $0) }, limit: 0
        ).counts
        let refusal = refusal(tallies, book, active)
        let refused: DisplayText = refusal.map { ". It would be refused: \($0)" } ?? ""
        return .broken(
            .catalogue,
            "a book made now would have \(tallies.items) items of \(tallies.partnumbers) part numbers, and \(active.name) has "
                + "\(book.items) of \(book.partnumbers); part numbers \(counts.added) added, \(counts.removed) removed, "
                + "\(counts.remapped) with other LOTs, \(counts.changed) changed"
                + "\(refused)",
            fix: refusal.map(\.remedy) ?? .createBook(replacing: active.name.string))
    }

    /// Why the guards would refuse such a book; nil where they would let it through.
    private func refusal(_ tallies: BookTallies, _ book: BookSummary, _ active: RawBookHeader) -> GuardRefusal? {
        do {
            try PublicationGuards.check(
                tallies, active: (items: book.items, version: active.versionText), allowShrink: false)
            return nil
        } catch {
            return error
        }
    }
}
