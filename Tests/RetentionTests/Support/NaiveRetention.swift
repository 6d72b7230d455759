import Chronology
import Foundation
import Retention

/// <doc:Counting> a second time, from its words and as unlike the module as can be: Foundation's calendars in place of our
/// own, and for each book the question "who is newer?" asked of all the others, in place of one walk.
///
/// It is slow and it is meant to be obvious. It shares nothing with the module but the books it is given.
struct NaiveRetention {
    private struct NaiveTier {
        let name: String
        let noun: String
        let limit: Int
        let bucket: (Date) -> String
    }

    private let history: History
    private let tiers: [NaiveTier]
    /// The books that take part.
    private let participants: [RetentionCandidate]
    /// For each tier the bucket of each participant.
    private let buckets: [[Int64: String]]

    init(_ history: History, timeZone: TimeZone) {
        var gregorian = Calendar(identifier: .gregorian)
        gregorian.timeZone = timeZone
        var iso = Calendar(identifier: .iso8601)
        iso.timeZone = timeZone
        func text(_ format: String, _ calendar: Calendar, _ units: [Calendar.Component]) -> (Date) -> String {
            { [calendar] date in String(format: format, arguments: units.map { calendar.component($0, from: date) }) }
        }
        let policy = history.policy
        let all = [
            NaiveTier(
                name: "daily", noun: "day", limit: policy.daily,
                bucket: text("%04ld-%02ld-%02ld", gregorian, [.year, .month, .day])),
            NaiveTier(
                name: "weekly", noun: "week", limit: policy.weekly,
                bucket: text("%04ld-W%02ld", iso, [.yearForWeekOfYear, .weekOfYear])),
            NaiveTier(
                name: "monthly", noun: "month", limit: policy.monthly,
                bucket: text("%04ld-%02ld", gregorian, [.year, .month])),
            NaiveTier(
                name: "yearly", noun: "year", limit: policy.yearly,
                bucket: text("%04ld", gregorian, [.year])),
        ]
        let tiers = all.filter { $0.limit > 0 }
        let participants = history.books.filter { !Self.isFuture($0, in: history) }
        self.history = history
        self.tiers = tiers
        self.participants = participants
        buckets = tiers.map { tier in
            var found: [Int64: String] = [:]
            for book in participants {
                // A calendar's day begins on a whole second, before the epoch too.
                let seconds = (Double(book.createdAt.milliseconds) / 1000).rounded(.down)
                found[book.id] = tier.bucket(Date(timeIntervalSince1970: seconds))
            }
            return found
        }
    }

    /// A line for each book with its reasons: first the kept ones, then the removed ones, newest first.
    func decisions() -> [String] {
        let byRank = history.books.sorted { left, right in
            history.books.count { Self.isNewer($0, than: left) } < history.books.count { Self.isNewer($0, than: right) }
        }
        var kept: [String] = []
        var removed: [String] = []
        for book in byRank {
            var why: [String] = []
            var whyNot: [String] = []
            if book.isActive { why.append("active") }
            if book.id == history.justMade { why.append("made by this run") }
            if book.isPrevious { why.append("previous") }
            if let note = book.pinNote { why.append("pinned: " + note) }
            if Self.isFuture(book, in: history) {
                why.append("dated in the future")
            } else {
                for tier in tiers.indices {
                    judge(book, tier, &why, &whyNot)
                }
            }
            if why.isEmpty {
                removed.append("removed \(book.id): " + whyNot.joined(separator: ", "))
            } else {
                kept.append("kept \(book.id): " + why.joined(separator: ", "))
            }
        }
        return kept + removed
    }

    private func judge(_ book: RetentionCandidate, _ index: Int, _ why: inout [String], _ whyNot: inout [String]) {
        let tier = tiers[index]
        let bucket = buckets[index][book.id] ?? "no bucket"
        let representative = newest(in: bucket, index)
        let newerBuckets = Set(
            participants.filter { Self.isNewer($0, than: representative ?? book) }.map { buckets[index][$0.id] })
        let ordinal = newerBuckets.count + 1
        if ordinal > tier.limit {
            let kept = tier.limit == 1 ? "one \(tier.noun)" : "\(tier.limit) \(tier.noun)s"
            whyNot.append("\(tier.noun) \(bucket) is older than the \(kept) kept")
        } else if let representative, representative.id != book.id {
            whyNot.append("\(tier.noun) \(bucket) is represented by \(representative.id)")
        } else {
            why.append("\(tier.name) \(ordinal) \(bucket)")
        }
    }

    /// The book of `bucket` than which no other of it is newer.
    private func newest(in bucket: String, _ index: Int) -> RetentionCandidate? {
        let members = participants.filter { buckets[index][$0.id] == bucket }
        return members.first { member in !members.contains { Self.isNewer($0, than: member) } }
    }

    private static func isNewer(_ one: RetentionCandidate, than other: RetentionCandidate) -> Bool {
        let distance = one.createdAt.milliseconds - other.createdAt.milliseconds
        return distance == 0 ? one.id > other.id : distance > 0
    }

    private static func isFuture(_ book: RetentionCandidate, in history: History) -> Bool {
        let minutesAhead = Decimal(book.createdAt.milliseconds - history.now.milliseconds) / 60_000
        return minutesAhead > 5
    }
}
