import Chronology
import Retention
import Testing

@Suite("Retention by example")
struct RetentionExampleTests {
    @Test("The reasons read as in the command line's report")
    func reasonsOfTheReport() throws {
        let books = [
            try book(7, "2026-11-20T03:00:00Z", active: true),
            try book(6, "2026-11-19T15:00:00Z"),
            try book(3, "2026-11-19T03:00:00Z"),
        ]
        let plan = RetentionPolicy.standard(zone: .utc).plan(for: books, now: try instant("2026-11-20T03:00:01Z"))
        #expect(
            plan.lines == [
                "kept 7: active, daily 1 2026-11-20, weekly 1 2026-W47, monthly 1 2026-11, yearly 1 2026",
                "kept 6: daily 2 2026-11-19",
                "removed 3: day 2026-11-19 is represented by 6, week 2026-W47 is represented by 7, "
                    + "month 2026-11 is represented by 7, year 2026 is represented by 7",
            ])
    }

    @Test("A book older than all of a tier's buckets is told so")
    func beyondTheLimit() throws {
        let books = [
            try book(3, "2026-11-20T03:00:00Z"), try book(2, "2026-11-19T03:00:00Z"),
            try book(1, "2026-11-18T03:00:00Z"),
        ]
        let plan = try policy(daily: 2).plan(for: books, now: try instant("2026-11-20T04:00:00Z"))
        #expect(
            plan.lines == [
                "kept 3: daily 1 2026-11-20", "kept 2: daily 2 2026-11-19",
                "removed 1: day 2026-11-18 is older than the 2 days kept",
            ])
    }

    @Test("Of books made at the same time the highest id stands for them")
    func equalTimes() throws {
        let time = "2026-11-20T03:00:00Z"
        let plan = try policy(daily: 7).plan(
            for: [try book(4, time), try book(12, time), try book(9, time)], now: try instant(time))
        #expect(
            plan.lines == [
                "kept 12: daily 1 2026-11-20",
                "removed 9: day 2026-11-20 is represented by 12", "removed 4: day 2026-11-20 is represented by 12",
            ])
    }

    @Test("Time decides before the id does")
    func timeBeforeID() throws {
        let books = [try book(9, "2026-11-20T03:00:00Z"), try book(4, "2026-11-20T03:00:00.001Z")]
        let plan = try policy(daily: 1).plan(for: books, now: try instant("2026-11-20T04:00:00Z"))
        #expect(plan.keptIDs == [4])
        #expect(plan.removedIDs == [9])
    }

    @Test("Buckets without books don't count")
    func emptyBuckets() throws {
        let books = [
            try book(4, "2026-11-20T03:00:00Z"), try book(3, "2026-02-01T03:00:00Z"),
            try book(2, "2021-07-14T03:00:00Z"), try book(1, "2003-07-14T03:00:00Z"),
        ]
        let plan = try policy(daily: 3).plan(for: books, now: try instant("2026-11-20T04:00:00Z"))
        #expect(
            plan.lines == [
                "kept 4: daily 1 2026-11-20", "kept 3: daily 2 2026-02-01", "kept 2: daily 3 2021-07-14",
                "removed 1: day 2003-07-14 is older than the 3 days kept",
            ])
    }

    @Test("Tiers count for themselves: one book may stand for all four")
    func tiersAreIndependent() throws {
        let books = [
            try book(5, "2026-11-20T03:00:00Z"), try book(4, "2026-11-19T03:00:00Z"),
            try book(3, "2026-11-13T03:00:00Z"), try book(2, "2026-10-01T03:00:00Z"),
            try book(1, "2025-10-01T03:00:00Z"),
        ]
        let one = try policy(daily: 1, weekly: 2, monthly: 2, yearly: 2)
        let plan = one.plan(for: books, now: try instant("2026-11-20T04:00:00Z"))
        #expect(
            plan.lines == [
                "kept 5: daily 1 2026-11-20, weekly 1 2026-W47, monthly 1 2026-11, yearly 1 2026",
                "kept 3: weekly 2 2026-W46",
                "kept 2: monthly 2 2026-10",
                "kept 1: yearly 2 2025",
                "removed 4: day 2026-11-19 is older than the one day kept, week 2026-W47 is represented by 5, "
                    + "month 2026-11 is represented by 5, year 2026 is represented by 5",
            ])
    }

    @Test("No books make an empty plan")
    func noBooks() throws {
        let plan = RetentionPolicy.standard(zone: .utc).plan(for: [], now: try instant("2026-11-20T03:00:00Z"))
        #expect(plan.lines == [])
        #expect(plan.future == [])
    }

    @Test("The active book stays, at no tier's expense, and is no less a member of its bucket")
    func activeBook() throws {
        let now = try instant("2026-11-20T04:00:00Z")
        let rolledBack = [
            try book(4, "2026-11-20T03:00:00Z"), try book(3, "2026-11-19T03:00:00Z"),
            try book(2, "2026-11-18T09:00:00Z", active: true), try book(1, "2026-11-18T03:00:00Z"),
        ]
        #expect(
            try policy(daily: 2).plan(for: rolledBack, now: now).lines == [
                "kept 4: daily 1 2026-11-20", "kept 3: daily 2 2026-11-19", "kept 2: active",
                "removed 1: day 2026-11-18 is older than the 2 days kept",
            ])
        #expect(
            try policy(daily: 3).plan(for: rolledBack, now: now).lines == [
                "kept 4: daily 1 2026-11-20", "kept 3: daily 2 2026-11-19", "kept 2: active, daily 3 2026-11-18",
                "removed 1: day 2026-11-18 is represented by 2",
            ])
    }

    @Test("The book this run has made stays, even where a newer one stands for its day")
    func justMade() throws {
        let books = [try book(2, "2026-11-20T03:00:00Z"), try book(1, "2026-11-20T02:00:00Z")]
        let now = try instant("2026-11-20T04:00:00Z")
        #expect(
            try policy(daily: 1).plan(for: books, now: now, justMade: 1).lines == [
                "kept 2: daily 1 2026-11-20", "kept 1: made by this run",
            ])
        #expect(try policy(daily: 1).plan(for: books, now: now, justMade: 99).removedIDs == [1])
    }

    @Test("A book dated over five minutes after now stays and takes no part")
    func futureBook() throws {
        let books = [
            try book(3, "2026-11-20T03:05:00.001Z"), try book(2, "2026-11-20T03:00:00Z"),
            try book(1, "2026-11-19T03:00:00Z"),
        ]
        let plan = try policy(daily: 1).plan(for: books, now: try instant("2026-11-20T03:00:00Z"))
        #expect(
            plan.lines == [
                "kept 3: dated in the future", "kept 2: daily 1 2026-11-20",
                "removed 1: day 2026-11-19 is older than the one day kept",
            ])
        #expect(plan.future.map(\.id) == [3])
    }

    @Test("A book dated exactly five minutes after now takes part", arguments: ["03:05:00.000", "03:04:59.999"])
    func nearFuture(time: String) throws {
        let books = [try book(3, "2026-11-20T\(time)Z"), try book(2, "2026-11-20T03:00:00Z")]
        let plan = try policy(daily: 1).plan(for: books, now: try instant("2026-11-20T03:00:00Z"))
        #expect(
            plan.lines == ["kept 3: daily 1 2026-11-20", "removed 2: day 2026-11-20 is represented by 3"])
        #expect(plan.future == [])
    }

    @Test("Where every book is dated in the future, all stay")
    func onlyFutureBooks() throws {
        let books = [try book(2, "2030-01-01T00:00:00Z", active: true), try book(1, "2029-01-01T00:00:00Z")]
        let plan = try policy(yearly: 1).plan(for: books, now: try instant("2026-11-20T03:00:00Z"), justMade: 1)
        #expect(
            plan.lines == ["kept 2: active, dated in the future", "kept 1: made by this run, dated in the future"])
    }
}
