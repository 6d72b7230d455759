import Harness
import PartnumberBooks

/// What changed between two books, in part numbers: each is looked up in the other book.
struct NaiveDiff: Equatable {
    var added = 0
    var removed = 0
    var remapped = 0
    var changed = 0
    var unchanged = 0

    init(_ before: [NaiveItem], _ after: [NaiveItem]) {
        let old = Dictionary(grouping: before) { NaiveText.bytes($0.partnumber) }
        let new = Dictionary(grouping: after) { NaiveText.bytes($0.partnumber) }
        for name in Set(old.keys).union(new.keys) {
            guard let oldItems = old[name] else {
                added += 1
                continue
            }
            guard let newItems = new[name] else {
                removed += 1
                continue
            }
            if Set(oldItems.map { NaiveText.bytes($0.lot) }) != Set(newItems.map { NaiveText.bytes($0.lot) }) {
                remapped += 1
            } else if newItems.allSatisfy(oldItems.contains) {
                unchanged += 1
            } else {
                changed += 1
            }
        }
    }

    /// The program's own counts.
    init(_ counts: BookDiff.Counts) {
        (added, removed, remapped) = (counts.added, counts.removed, counts.remapped)
        (changed, unchanged) = (counts.changed, counts.same)
    }

    /// How many of the five kinds occur.
    var kinds: Int { [added, removed, remapped, changed, unchanged].count { $0 > 0 } }
}
