import Chronology
import Harness
import Retention
import Testing

@Suite("What holds of every retention plan")
struct RetentionPropertyTests {
    /// Other seeds than the comparison's, for other histories.
    private static let seeds: Range<UInt64> = 10_000..<10_150

    private func histories(_ zone: String) throws -> [History] {
        try Self.seeds.map { try History(zone: zone, seed: $0) }
    }

    @Test("Planning again over the kept books removes nothing and gives the same reasons", arguments: History.zones)
    func idempotent(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            let again = history.policy.plan(
                for: plan.kept.map(\.book), now: history.now, justMade: history.justMade)
            try #require(again.removedIDs == [], "\(history.name)")
            try #require(again.kept == plan.kept, "\(history.name)")
        }
    }

    @Test("The order in which the books come makes no difference", arguments: History.zones)
    func orderIsIrrelevant(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            var random = SplitMix64(seed: 1)
            for books in [history.books.reversed(), history.books.shuffled(using: &random)] {
                let other = history.policy.plan(for: books, now: history.now, justMade: history.justMade)
                try #require(other == plan, "\(history.name)")
            }
        }
    }

    @Test("A higher count in any tier keeps every book that was kept", arguments: History.zones)
    func higherCountsKeepMore(zone: String) throws {
        for history in try histories(zone) {
            let kept = Set(history.plan().keptIDs)
            let policy = history.policy
            for tier in Tier.allCases {
                for more in [1, 4] {
                    func count(_ each: Tier) -> Int { policy.count(of: each) + (each == tier ? more : 0) }
                    let generous = try RetentionPolicy(
                        daily: count(.daily), weekly: count(.weekly), monthly: count(.monthly), yearly: count(.yearly),
                        zone: policy.zone)
                    let plan = generous.plan(for: history.books, now: history.now, justMade: history.justMade)
                    try #require(kept.isSubset(of: plan.keptIDs), "\(history.name), \(tier) + \(more)")
                }
            }
        }
    }

    @Test(
        "The newest, the active, the previous, the pinned, the just made and the future books stay",
        arguments: History.zones)
    func protectedBooks(zone: String) throws {
        for history in try histories(zone) {
            let horizon = history.now.milliseconds + 300_000
            let present = history.books.filter { $0.createdAt.milliseconds <= horizon }
            let newest = present.max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            let wanted = history.books.filter {
                $0 == newest || $0.isActive || $0.isPrevious || $0.pinNote != nil || $0.id == history.justMade
                    || $0.createdAt.milliseconds > horizon
            }
            let plan = history.plan()
            try #require(Set(plan.keptIDs).isSuperset(of: wanted.map(\.id)), "\(history.name)")
            let future = Set(history.books).subtracting(present)
            try #require(Set(plan.future) == future, "\(history.name)")
        }
    }

    @Test("No more is kept than the tiers and what is protected besides", arguments: History.zones)
    func keptIsBounded(zone: String) throws {
        for history in try histories(zone) {
            let horizon = history.now.milliseconds + 300_000
            let protected = history.books.count {
                $0.isActive || $0.isPrevious || $0.pinNote != nil || $0.id == history.justMade
                    || $0.createdAt.milliseconds > horizon
            }
            let tiers = Tier.allCases.map { history.policy.count(of: $0) }.reduce(0, +)
            try #require(history.plan().kept.count <= tiers + protected, "\(history.name)")
        }
    }

    @Test("A mark decides about its own book and no other, whatever it is", arguments: History.zones)
    func marksAreLocal(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            guard let removed = plan.removed.first?.book else { continue }
            for mark in [removed.marked(active: true), removed.marked(previous: true)] {
                let books = history.books.map { $0.id == removed.id ? mark : $0 }
                let other = history.policy.plan(for: books, now: history.now, justMade: history.justMade)
                try #require(other.removed == Array(plan.removed.dropFirst()), "\(history.name)")
                try #require(other.kept.filter { $0.book != mark } == plan.kept, "\(history.name)")
            }
        }
    }

    @Test("Each book is either kept or removed, newest first, and something is kept", arguments: History.zones)
    func partition(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            try #require(
                (plan.keptIDs + plan.removedIDs).sorted() == history.books.map(\.id).sorted(), "\(history.name)")
            try #require(plan.kept.isEmpty == history.books.isEmpty, "\(history.name)")
            for part in [plan.kept.map(\.book), plan.removed.map(\.book)] {
                let sorted = part.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
                try #require(part == sorted, "\(history.name)")
            }
        }
    }

    @Test("A kept book has a reason, a removed one a reason for each tier that is on", arguments: History.zones)
    func reasons(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            let on = Tier.allCases.filter { history.policy.count(of: $0) > 0 }
            let kept = Dictionary(uniqueKeysWithValues: plan.kept.map { ($0.book.id, $0.book) })
            for entry in plan.kept {
                try #require(!entry.reasons.isEmpty, "\(history.name), book \(entry.book.id)")
                try #require(Set(entry.reasons).count == entry.reasons.count, "\(history.name), book \(entry.book.id)")
            }
            for entry in plan.removed {
                try #require(entry.reasons.map(\.tier) == on, "\(history.name), book \(entry.book.id)")
                for case .represented(_, _, let id) in entry.reasons {
                    // Whoever is told "7 has it" must find a 7, and a newer one.
                    let representative = try #require(kept[id], "\(history.name), book \(entry.book.id)")
                    try #require(
                        (representative.createdAt, representative.id) > (entry.book.createdAt, entry.book.id),
                        "\(history.name), book \(entry.book.id)")
                }
            }
        }
    }

    @Test("Protection costs no tier a bucket", arguments: History.zones)
    func protectionIsFree(zone: String) throws {
        for history in try histories(zone) {
            let plan = history.plan()
            let plain = history.books.map { RetentionCandidate(id: $0.id, createdAt: $0.createdAt, isActive: false) }
            let unprotected = history.policy.plan(for: plain, now: history.now)
            let byTiers = plan.kept.filter { $0.reasons.contains { $0.isTier || $0 == .future } }.map(\.book.id)
            try #require(unprotected.keptIDs == byTiers, "\(history.name)")

            let present = history.books.filter { !plan.future.contains($0) }
            let withoutFuture = history.policy.plan(for: present, now: history.now, justMade: history.justMade)
            try #require(withoutFuture.kept == plan.kept.filter { present.contains($0.book) }, "\(history.name)")
            try #require(withoutFuture.removed == plan.removed, "\(history.name)")
        }
    }
}

extension RemovalReason {
    /// The tier that speaks.
    var tier: Tier {
        switch self {
        case .represented(let tier, _, _): tier
        case .overLimit(let tier, _, _): tier
        }
    }
}
