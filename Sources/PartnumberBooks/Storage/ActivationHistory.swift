/// Which books were active one after another, as far as that is known.
///
/// Switches by other programs, and by versions of this one that did not record them, are filled in: a book is made to be active at
/// once, and ids follow the order in which books were made.
struct ActivationHistory {
    /// In the order of their ``BookActivations/Entry/sequence``.
    let entries: [BookActivations.Entry]

    init(_ entries: [BookActivations.Entry]) {
        self.entries = entries.sorted { ($0.sequence, $0.bookID) < ($1.sequence, $1.bookID) }
    }

    /// The book that was active before the active one, or a moment ago where none is: of those that exist, the one that was active
    /// last.
    ///
    /// - Parameters:
    ///   - active: as readers see it, whether that switch is recorded or not.
    ///   - books: the ids of all books that exist.
    /// - Returns: nil where there is no other book.
    func previous(to active: Int64?, among books: [Int64]) -> Int64? {
        let others = Set(books).subtracting([active].compactMap(\.self))
        let recorded = entries.flatMap { [$0.replaced, $0.bookID].compactMap(\.self) }.last { others.contains($0) }
        if let last = entries.last, last.bookID == active {
            // Nothing has been switched since. A book that was replaced and is gone has the one before it in its place.
            if let recorded { return recorded }
            return last.replaced == nil ? nil : others.filter { $0 <= last.newestID }.max() ?? others.max()
        }
        // Switched without a record: to a book that was made since, or to an older one from such a book.
        let newestThen = entries.last.map(\.newestID)
        let later = others.filter { book in newestThen.map { book > $0 } ?? true }
        return later.max() ?? recorded ?? others.max()
    }
}
