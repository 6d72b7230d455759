import Database
import ErrorModel

/// How far a reader's server is behind the one on which books are made: a replica, or a node that lags.
struct ReaderLag {
    /// What the reader sees, newest first.
    let headers: [RawBookHeader]
    /// What was recorded before the reader looked: a book that existed by then is one that the reader lacks.
    let before: LedgerSnapshot
    /// What was recorded after the reader had looked: a book that was removed by then may have gone before.
    let after: LedgerSnapshot
    /// The active book by the record, where it was the same before and after the reader looked; nil where it was not.
    let active: BookHeader?
    /// How many books a reader may be behind; nil where that is only told.
    let tolerated: Int?

    var finding: Finding {
        let seen = Set(headers.filter(\.hasID).map(\.id))
        let lacking = before.entries.filter { id, entry in
            entry.removedAt == nil && !seen.contains(id) && after.entries[id]?.removedAt == nil
        }
        guard let newest = lacking.max(by: { $0.key < $1.key }) else { return ofActivation }
        let message: DisplayText =
            "\(lacking.count.counted("book")) behind: readers do not have \(Excerpt.bare(newest.value.version))\(activeThere)"
        guard let tolerated, lacking.count > tolerated else { return .ok(.readerLag, message) }
        return .broken(.readerLag, message, fix: Self.remedy)
    }

    /// Every book has arrived; whether the switch has.
    private var ofActivation: Finding {
        guard let active, let there = headers.first(where: \.isActive), there.hasID, there.id != active.id else {
            return .ok(.readerLag, "readers have every book")
        }
        let message: DisplayText =
            "readers have every book, but to them \(there.name) is active, and not \(Excerpt.bare(active.version))"
        return tolerated == nil ? .ok(.readerLag, message) : .broken(.readerLag, message, fix: Self.remedy)
    }

    private var activeThere: DisplayText {
        headers.first(where: \.isActive).map { ", and to them \($0.name) is active" } ?? ""
    }

    private static var remedy: Remedy {
        .text("See why that server is behind: SHOW REPLICA STATUS, or the state of its cluster")
    }
}
