/// What a new book changes for its readers: compared with the book that was active before it.
package struct BookChanges: Sendable, Hashable {
    /// The book that was active.
    package let since: BookHeader
    /// Part numbers, counted as a comparison of the two books counts them.
    package let counts: BookDiff.Counts

    package init(since: BookHeader, counts: BookDiff.Counts) {
        self.since = since
        self.counts = counts
    }
}
