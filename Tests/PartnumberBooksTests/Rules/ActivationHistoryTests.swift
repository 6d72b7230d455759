import Harness
import Testing

@testable import PartnumberBooks

/// Which book was active before the active one, as the record of switches tells, and what is inferred where it has gaps.
@Suite("What was active before")
struct ActivationHistoryTests {
    /// Books and switches as they really were, and what this program has recorded of them.
    private struct Shelf {
        var books: [Int64] = []
        var active: Int64?
        /// Every book that was active, in order; never shortened.
        var truth: [Int64] = []
        var entries: [Int64: BookActivations.Entry] = [:]
        var lastID: Int64 = 0

        mutating func create(recorded: Bool) {
            lastID += 1
            books.append(lastID)
            activate(lastID, recorded: recorded)
        }

        mutating func activate(_ id: Int64, recorded: Bool) {
            if id == active { return }
            if recorded {
                let sequence = (entries.values.map(\.sequence).max() ?? 0) + 1
                entries[id] = BookActivations.Entry(
                    bookID: id, sequence: sequence, replaced: active, newestID: books.max() ?? id)
                entries = entries.filter { books.contains($0.key) }
            }
            active = id
            truth.append(id)
        }

        mutating func remove(_ id: Int64) {
            books.removeAll { $0 == id }
            if id == active { active = nil }
        }

        var previous: Int64? {
            ActivationHistory(Array(entries.values)).previous(to: active, among: books)
        }

        /// By the full log: the book that was active last, of those that exist and are not active.
        var expected: Int64? { truth.last { $0 != active && books.contains($0) } }
    }

    @Test("Where every switch is recorded, it is the one that was active last and still exists")
    func recorded() throws {
        for seed: UInt64 in 0..<400 {
            var random = SplitMix64(seed: seed)
            var shelf = Shelf()
            for step in 0..<30 {
                switch random.below(10) {
                case ..<4: shelf.create(recorded: true)
                case ..<8 where !shelf.books.isEmpty: shelf.activate(random.pick(shelf.books), recorded: true)
                case _ where !shelf.books.isEmpty: shelf.remove(random.pick(shelf.books))
                default: break
                }
                // With no active book the question is which one was active a moment ago: one that is gone says nothing.
                guard shelf.active != nil, shelf.expected != nil else { continue }
                try #require(shelf.previous == shelf.expected, "seed \(seed), step \(step)")
            }
        }
    }

    @Test("A program that records nothing may make books in between")
    func unrecordedCreations() throws {
        for seed: UInt64 in 1_000..<1_400 {
            var random = SplitMix64(seed: seed)
            var shelf = Shelf()
            for step in 0..<30 {
                switch random.below(10) {
                case ..<3: shelf.create(recorded: true)
                case ..<7: shelf.create(recorded: false)
                case _ where !shelf.books.isEmpty: shelf.activate(random.pick(shelf.books), recorded: true)
                default: break
                }
                try #require(shelf.previous == shelf.expected, "seed \(seed), step \(step)")
            }
        }
    }

    @Test("There is always an answer where switches are unknown and there is another book, and never the active one")
    func total() throws {
        for seed: UInt64 in 2_000..<2_400 {
            var random = SplitMix64(seed: seed)
            var shelf = Shelf()
            for step in 0..<30 {
                switch random.below(10) {
                case ..<4: shelf.create(recorded: random.chance(50))
                case ..<8 where !shelf.books.isEmpty:
                    shelf.activate(random.pick(shelf.books), recorded: random.chance(50))
                case _ where !shelf.books.isEmpty: shelf.remove(random.pick(shelf.books))
                default: break
                }
                let others = shelf.books.filter { $0 != shelf.active }
                if let previous = shelf.previous {
                    try #require(others.contains(previous), "seed \(seed), step \(step)")
                } else {
                    let last = shelf.entries.values.max { $0.sequence < $1.sequence }
                    let isFirst = last?.bookID == shelf.active && last?.replaced == nil
                    try #require(others.isEmpty || isFirst, "seed \(seed), step \(step)")
                }
            }
        }
    }

    @Test("Without any record it is the newest of the others, which is right after a night and after a roll-back")
    func withoutRecord() {
        let history = ActivationHistory([])
        #expect(history.previous(to: 3, among: [1, 2, 3]) == 2)
        #expect(history.previous(to: 1, among: [1, 2, 3]) == 3)
        #expect(history.previous(to: nil, among: [1, 2, 3]) == 3)
        #expect(history.previous(to: 1, among: [1]) == nil)
        #expect(history.previous(to: nil, among: []) == nil)
    }

    @Test("A book that replaced none has no previous one, whatever other programs have put beside it")
    func first() {
        let history = ActivationHistory([.init(bookID: 1, sequence: 1, replaced: nil, newestID: 1)])
        #expect(history.previous(to: 1, among: [1, 2, 3]) == nil)
        // But for a switch of theirs it is the one before.
        #expect(history.previous(to: 2, among: [1, 2]) == 1)
    }

    @Test("Two switches of one instant keep their order")
    func sequence() {
        let entries: [BookActivations.Entry] = [
            .init(bookID: 1, sequence: 7, replaced: 2, newestID: 3),
            .init(bookID: 2, sequence: 6, replaced: 3, newestID: 3),
            .init(bookID: 3, sequence: 5, replaced: 1, newestID: 3),
        ]
        #expect(ActivationHistory(entries).previous(to: 1, among: [1, 2, 3]) == 2)
        #expect(ActivationHistory(entries.reversed()).previous(to: 1, among: [1, 3]) == 3)
    }
}
