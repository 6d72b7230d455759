import Chronology
import Foundation
import Tasks
import TestSupport
import Testing

@testable import PnbookWeb

/// From looks at the tasks to events.
@Suite("Changes of tasks")
struct TaskChangesTests {
    private static let now = ContinuousClock.now

    private static func task(
        _ id: String = "t", _ status: TaskStatus = .running, progress: Int = 0, message: String = "",
        owner: ProcessIdentity? = nil,
        heartbeats: Int = 0
    ) -> TaskRecord {
        TaskRecord(
            id: id, type: "partnumber_book_create", status: status, progress: progress, message: message,
            triggeredBy: "scheduled", createdAt: Instant(milliseconds: 1_800_000_000_000),
            completedAt: status.isFinal ? Instant(milliseconds: 1_800_000_001_000) : nil, owner: owner,
            heartbeats: heartbeats)
    }

    private static func kinds(_ texts: [String]) throws -> [String] {
        try texts.map { text in
            let json = try JSON(parsing: text)
            return json["type"] == "task_progress"
                ? "progress \(json["progress"]?.integer ?? -1)"
                : json["active"] == true ? "active" : "ended \(json["success"] == true)"
        }
    }

    @Test("What has ended before the first look is not news, and what ends later is, once")
    func ends() throws {
        var changes = TaskChanges()
        #expect(changes.events(of: [Self.task("a", .completed), Self.task("b")], at: Self.now).count == 2)
        #expect(changes.events(of: [Self.task("a", .completed), Self.task("b")], at: Self.now) == [])
        let later = [Self.task("a", .completed), Self.task("b", .failed), Self.task("c", .cancelled)]
        #expect(try Self.kinds(changes.events(of: later, at: Self.now)) == ["ended false", "ended false"])
        #expect(changes.events(of: later, at: Self.now) == [])
        // Nobody has listened for a while.
        changes.beginAnew()
        #expect(changes.events(of: later + [Self.task("d", .completed)], at: Self.now) == [])
    }

    @Test("Rate and time left are of the phase as far as it was seen")
    func rate() throws {
        var changes = TaskChanges()
        func look(_ done: Int, _ phase: String, after seconds: Double) throws -> JSON {
            let task = Self.task(progress: done / 100, message: "\(phase): \(done) of 1000 items")
            let texts = changes.events(of: [task], at: Self.now + .seconds(seconds))
            return try JSON(parsing: try #require(texts.last))
        }
        #expect(try look(100, "writing", after: 0)["rate"] == .null)
        #expect(try look(150, "writing", after: 0.5)["rate"] == .null)
        let third = try look(300, "writing", after: 2)
        #expect(third["rate"] == 100 && third["eta_seconds"] == 7)
        #expect(try look(400, "retaining", after: 3)["rate"] == .null)
        #expect(try look(500, "retaining", after: 5)["rate"] == 50)
    }

    @Test("A task whose process is gone has ended at the second look, and what the next run makes of it is not news")
    func gone() throws {
        var changes = TaskChanges()
        var owner = ProcessIdentity.current
        owner.processStart = "0"
        let lost = Self.task(owner: owner)
        // Seen at work by the one who was greeted.
        #expect(
            try Self.kinds(changes.events(of: [Self.task(owner: .current)], at: Self.now)) == ["active", "progress 0"])
        #expect(changes.events(of: [lost], at: Self.now) == [])
        #expect(try Self.kinds(changes.events(of: [lost], at: Self.now)) == ["ended false"])
        #expect(changes.events(of: [lost], at: Self.now) == [])
        #expect(changes.events(of: [Self.task("t", .failed)], at: Self.now) == [])
    }

    @Test(
        "On another host a heart that stands still for a lease by our own clock is a lost task's, and one that beats is not"
    )
    func silent() throws {
        var changes = TaskChanges()
        let owner = ProcessIdentity(host: "elsewhere", pid: 7, bootID: "b", processStart: "1")
        func look(_ beats: Int, after seconds: Double) throws -> [String] {
            try Self.kinds(
                changes.events(of: [Self.task(owner: owner, heartbeats: beats)], at: Self.now + .seconds(seconds)))
        }
        #expect(try look(1, after: 0) == ["active", "progress 0"])
        #expect(try look(1, after: 59) == [] && look(2, after: 60) == [] && look(2, after: 119) == [])
        #expect(try look(2, after: 121) == ["ended false"])
        #expect(try look(3, after: 122) == ["active", "progress 0"])
    }
}
