/// What a new book changes for its readers: compared with the book that was active before it.
package struct BookChanges: Sendable, Hashable {
    /// The book that was active.
    package let since: BookName
    /// Part numbers, counted as a comparison of the two books counts them.
    package let counts: BookDiff.Counts

    package init(since: BookName, counts: BookDiff.Counts) {
        self.since = since
        self.counts = counts
    }
}
