import Chronology
import Foundation
import Retention
import Testing

@Suite("Retention agrees with a second implementation of the rule")
struct RetentionAgainstNaiveTests {
    private static let seeds: Range<UInt64> = 0..<1000

    @Test("Both keep and remove the same books for the same reasons", arguments: History.zones)
    func sameDecisions(zone: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        for seed in Self.seeds {
            let history = try History(zone: zone, seed: seed)
            let expected = NaiveRetention(history, timeZone: timeZone).decisions()
            // The first difference is enough: its seed makes the same history again.
            try #require(history.plan().lines == expected, "\(history.name)")
        }
    }

    @Test("The random histories reach every corner of the rule")
    func coverage() throws {
        var reached: [String: Int] = [:]
        for zone in History.zones {
            for seed in Self.seeds {
                for corner in try corners(of: History(zone: zone, seed: seed)) {
                    reached[corner, default: 0] += 1
                }
            }
        }
        // Without this a generator that has gone tame would let the comparison pass on nothing.
        for corner in Self.allCorners {
            #expect(reached[corner, default: 0] >= 10, "\(corner)")
        }
        #expect(Set(reached.keys).subtracting(Self.allCorners).isEmpty)
    }

    private static let allCorners: Set = [
        "no book", "equal times", "no active book", "one active book", "several active books",
        "one millisecond before the horizon", "at the horizon", "one millisecond past the horizon",
        "week 53", "a week of another year", "leap day", "a day shown twice",
        "kept as active alone", "kept as just made alone", "kept for four tiers",
        "kept as previous alone", "kept as pinned alone", "previous and pinned",
        "removed as represented", "removed as beyond",
    ]

    private func corners(of history: History) -> Set<String> {
        var found: Set<String> = []
        let books = history.books
        if books.isEmpty { found.insert("no book") }
        if Set(books.map(\.createdAt)).count < books.count { found.insert("equal times") }
        switch books.count(where: \.isActive) {
        case 0: found.insert("no active book")
        case 1: found.insert("one active book")
        default: found.insert("several active books")
        }
        for book in books {
            switch book.createdAt.milliseconds - history.now.milliseconds {
            case 299_999: found.insert("one millisecond before the horizon")
            case 300_000: found.insert("at the horizon")
            case 300_001: found.insert("one millisecond past the horizon")
            default: break
            }
            let date = history.policy.zone.date(at: book.createdAt)
            if date.isoWeek.hasSuffix("W53") { found.insert("week 53") }
            if date.isoWeek.prefix(4) != date.yearAndMonth.prefix(4) { found.insert("a week of another year") }
            if date.month == 2, date.day == 29 { found.insert("leap day") }
            let wentBack = books.contains {
                $0.createdAt > book.createdAt && history.policy.zone.date(at: $0.createdAt) < date
            }
            if wentBack { found.insert("a day shown twice") }
        }
        let plan = history.plan()
        for kept in plan.kept {
            if kept.reasons == [.active] { found.insert("kept as active alone") }
            if kept.reasons == [.justMade] { found.insert("kept as just made alone") }
            if kept.reasons == [.previous] { found.insert("kept as previous alone") }
            if case .pinned? = kept.reasons.first, kept.reasons.count == 1 { found.insert("kept as pinned alone") }
            if kept.book.isPrevious, kept.book.pinNote != nil { found.insert("previous and pinned") }
            if kept.reasons.count(where: \.isTier) == 4 { found.insert("kept for four tiers") }
        }
        for reason in plan.removed.flatMap(\.reasons) {
            switch reason {
            case .represented: found.insert("removed as represented")
            case .overLimit: found.insert("removed as beyond")
            }
        }
        return found
    }
}

extension KeepReason {
    /// Whether a tier keeps the book for this reason.
    var isTier: Bool {
        switch self {
        case .represents: true
        case .active, .justMade, .previous, .pinned, .future: false
        }
    }
}
