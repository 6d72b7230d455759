import Foundation
import Harness

/// Looks at one node again and again while it storms, as a client of the books would: each look in one snapshot.
struct StormReader: Sendable {
    let node: ClusterNode
    let checker: ClusterChecker
    let tally: StormTally
    /// `items checksum` of each book that any reader has seen, by its id: a published book never changes.
    let seen: Locked<[String: String]>

    func look() {
        do {
            for broken in try checker.glance(on: node) + tornPairs() { tally.violation("node \(node.name): \(broken)") }
            for line in try checker.contents(on: node) {
                let words = line.split(separator: " ", maxSplits: 1).map(String.init)
                let before = seen.withLock { seen in
                    defer { seen[words[0]] = words[1] }
                    return seen[words[0]]
                }
                if let before, before != words[1] {
                    tally.violation("node \(node.name): book \(words[0]) was \(before) and is \(words[1])")
                }
            }
            tally.count("looks")
        } catch {
            // The node is dead, frozen or outside of its cluster.
            tally.count("looks in vain")
            usleep(200_000)
        }
    }

    /// Books that mix two states of the catalogue: the rows of a pair are always changed in one transaction.
    private func tornPairs() throws -> [String] {
        try node.rows(
            """
            SELECT CONCAT('book ', book_id, ' mixes two states: ', lot_name) FROM qt_partnumber_book_items
            WHERE lot_name LIKE 'PAIR-%' GROUP BY book_id, lot_name HAVING COUNT(DISTINCT description) <> 1 OR COUNT(*) <> 2
            """, in: checker.schema)
    }
}
