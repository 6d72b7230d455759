/// What a run has seen of the catalogue so far, kept for the report of a run that is refused or fails
/// (<doc:Publishing#Refusals-say-what-was-seen>).
///
/// It belongs to the thread of the run.
package final class RunTally {
    /// What has been counted; nil while the catalogue has not been read to its end.
    package private(set) var counted: Counted?

    package struct Counted: Sendable, Hashable {
        package let tallies: BookTallies
        /// Whether the items were merged as well; else items, part numbers, merged duplicates, conflicts and digest are not
        /// known.
        package let isMerged: Bool
        /// What the book would change; nil where that was not found out, and where no book was active.
        package let changes: BookChanges?

        package init(tallies: BookTallies, isMerged: Bool, changes: BookChanges?) {
            self.tallies = tallies
            self.isMerged = isMerged
            self.changes = changes
        }
    }

    package init() {}

    /// The catalogue has been read.
    func read(_ builder: BookBuilder) {
        counted = Counted(tallies: builder.talliesOfRows, isMerged: false, changes: nil)
    }

    /// The book has been made.
    func made(_ tallies: BookTallies, changes: BookChanges?) {
        counted = Counted(tallies: tallies, isMerged: true, changes: changes)
    }

    /// How long a run that has failed goes on counting.
    private static let patience = Duration.seconds(2)

    /// Counts what is missing after a failure, as far as that is possible and does not take long.
    func complete(_ builder: BookBuilder) {
        guard counted?.isMerged != true else { return }
        let deadline = ContinuousClock.now + Self.patience
        var items = 0
        let tallies = try? builder.finish { _ in
            items += 1
            if items % ProgressStep.rows == 0, ContinuousClock.now > deadline { throw OutOfTime() }
        }
        if let tallies { made(tallies, changes: nil) }
    }

    private struct OutOfTime: Error {}
}
