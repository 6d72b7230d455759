import Chronology
import Foundation
import Harness
import Logging
import Tasks
import TestSupport
import Testing

@testable import PnbookWeb

/// `Idempotency-Key`: asked twice, one run and one answer.
@Suite("Idempotency keys")
struct IdempotencyTests {
    private static let key: [String: String?] = ["Idempotency-Key": "k-1"]

    @Test(
        "The same key and the same wishes get the same answer, also after a restart, and there is one run",
        arguments: TestEngine.allCases)
    func same(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        let first = try await bench.post(WebBench.books, "{\"if_changed\":false}", headers: Self.key)
        #expect(first.status == 202)
        _ = try await bench.ended(try #require(try first.json["task_id"]?.string))
        let again = try await bench.post(WebBench.books, "{}", headers: Self.key)
        #expect(again.status == 202 && again.text == first.text)
        bench.restart()
        #expect(try await bench.post(WebBench.books, headers: Self.key).text == first.text)
        #expect(try await bench.get(WebBench.books).json["books"]?.elements?.count == 2)
        let other = try await bench.post(WebBench.books, "{\"if_changed\":true}", headers: Self.key)
        #expect(other.error == "422 usage 64")
        let mode = try FileManager.default.attributesOfItem(atPath: bench.state.path + "/runs.json")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let new = try await bench.post(WebBench.books, "{}", headers: ["Idempotency-Key": "k-2"])
        #expect(try new.status == 202 && new.json["task_id"] != first.json["task_id"])
    }

    @Test("A page that ended before it could answer finds the run of the key", arguments: TestEngine.allCases)
    func found(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        let first = try await bench.post(WebBench.books, "{}", headers: Self.key)
        let id = try first.json["task_id"]
        _ = try await bench.ended(try #require(id?.string))
        // As it is between the start and the answer.
        let file = bench.state.path + "/runs.json"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let entry = try #require(try JSON(parsing: text)[0]).without("answer")
        try bench.state.write(
            "[" + String(decoding: try JSONEncoder().encode(IdempotencyTests.plain(entry)), as: UTF8.self) + "]",
            to: "runs.json")
        bench.restart()
        let again = try await bench.post(WebBench.books, "{}", headers: Self.key)
        #expect(try again.status == 202 && again.json["task_id"] == id)
        #expect(try await bench.get(WebBench.books).json["books"]?.elements?.count == 2)
    }

    private struct Entry: Codable {
        var key, request, host, boot, start: String
        var at: Int64
        var pid: Int32
    }

    private static func plain(_ json: JSON) throws -> Entry {
        let text = { (name: String) in json[name]?.string ?? "" }
        return Entry(
            key: text("key"), request: text("request"), host: text("host"), boot: text("boot"), start: text("start"),
            at: json["at"]?.integer ?? 0, pid: Int32(json["pid"]?.integer ?? 0))
    }

    @Test("A run that could not begin is not remembered")
    func notRemembered() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        try bench.load(parts: 2)
        #expect(try await bench.post(WebBench.books, "{}", headers: Self.key).error == "500 migrations_pending 10")
        try bench.pnbook("migrate", "up")
        #expect(try await bench.post(WebBench.books, "{}", headers: Self.key).status == 202)
    }

    @Test(
        "A key that is none is refused",
        arguments: ["", " ", "a b", "ключ", String(repeating: "k", count: 129), "a\u{0}"])
    func badKeys(key: String) async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        #expect(try await bench.post(WebBench.books, "{}", headers: ["Idempotency-Key": key]).error == "400 usage 64")
    }

    @Test("Keys are kept for a day, and a file that is not one of keys is begun anew with a warning")
    func kept() throws {
        let folder = try ScratchFolder()
        let log = LogLines()
        let time = Locked(Instant(milliseconds: 1_800_000_000_000))
        let make = {
            IdempotencyKeys(in: folder.path, now: { time.withLock { $0 } }, logger: Logger(label: "test") { _ in log })
        }
        let owner = ProcessIdentity(host: "h", pid: 7, bootID: "b", processStart: "1")
        let entry = IdempotencyKeys.Entry(key: "k", request: "create", at: time.withLock { $0 }, owner: owner)
        try make().record(entry)
        #expect(try make().entry(of: "k", for: "create")?.owner == owner)
        time.withLock { $0 = $0.advanced(byMilliseconds: 86_400_000) }
        #expect(try make().entry(of: "k", for: "create") == nil)
        try folder.write("{\"not\":\"keys\"", to: "runs.json")
        #expect(try make().entry(of: "k", for: "create") == nil)
        #expect(log.lines.count == 1 && log.lines[0].hasPrefix("warning: "))
        try make().record(entry)
    }
}
