import Harness
import TestSupport
import Testing

@testable import PnbookWeb

/// The books, as the page lists, compares and changes them.
@Suite("Books through the page")
struct BooksRoutesTests {
    @Test(
        "The list is that of the command line, and says what keeps each book, until when and what it changed",
        arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        try bench.load(parts: 7)
        try bench.pnbook("create")
        let list = try await bench.get(WebBench.books)
        #expect(list.status == 200 && list.headers["content-type"] == "application/json")
        let document = try list.json
        #expect(document.names == ["books", "now", "policy", "running", "schema", "timezone", "warnings"])
        #expect(document["timezone"] == "UTC" && document["running"] == .null && document["warnings"] == [])
        #expect(document["policy"] == ["daily": 7, "weekly": 5, "monthly": 12, "yearly": 10])
        let books = document["books"]?.elements ?? []
        let printed = try JSON(parsing: bench.pnbook("list", "--json"))["books"]?.elements ?? []
        #expect(books.map { $0.without("kept", "until", "forecast", "changes") } == printed && printed.count == 2)
        #expect(books[0]["changes"]?["added"] == 2 && books[0]["changes"]?["unchanged"] == 5)
        #expect(books[1]["changes"] == .null)
        #expect(books[0]["kept"]?[0] == ["reason": "active", "ordinal": .null, "bucket": .null])
        let daily = try #require(books[0]["kept"]?.elements?.first { $0["reason"] == "daily" })
        #expect(daily["ordinal"] == 1 && daily["bucket"]?.string?.count == 10)
        #expect(books[1]["kept"]?.elements?.map { $0["reason"] } == ["previous"])
        let shown = try JSON(parsing: bench.pnbook("show", "active", "--json"))
        #expect(books[0]["forecast"]?["last_reasons"] == shown["forecast"]?["last_reasons"])
        #expect(books[0]["until"] == shown["forecast"]?["kept_until"])
        let calendar = try await bench.get(WebBench.books + "/calendar").json
        #expect(calendar.without("now") == document.without("now"))
    }

    @Test(
        "A database without tables, and one that is not there, are errors with a way out",
        arguments: TestEngine.allCases)
    func absent(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: nil)
        let list = try await bench.get(WebBench.books)
        #expect(list.status == (engine == .sqlite ? 503 : 500))
        #expect(try list.json["error"]?["fix"]?.string?.isEmpty == false)
        let health = try await bench.get("/healthz")
        #expect(health.status == (engine == .sqlite ? 503 : 200))
        #expect(health.text == "{\"status\":\"\(engine == .sqlite ? "down" : "up")\"}\n")
    }

    @Test("A comparison and an explanation are the documents of the command line", arguments: TestEngine.allCases)
    func questions(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        try bench.load(parts: 7)
        try bench.pnbook("create")
        let diff = try await bench.get(WebBench.books + "/diff")
        #expect(diff.status == 200)
        #expect(try diff.json == JSON(parsing: bench.pnbook("diff", "--json")))
        let limited = try await bench.get(WebBench.books + "/diff", ("from", "1"), ("to", "catalogue"), ("limit", "1"))
            .json
        #expect(limited["changes"]?.elements?.count == 1 && limited["to"]?["version"] == "catalogue")
        let explanation = try await bench.get(WebBench.books + "/explain", ("partnumber", "pn-3"))
        #expect(explanation.status == 200)
        #expect(try explanation.json == JSON(parsing: bench.pnbook("explain", "--json", "pn-3")))
    }

    private static let hostile = [
        "--help", "-v", "--database=sqlite:/tmp/x", "'; DROP TABLE qt_partnumber_books; --", "\"", "%s\n", "<script>",
        "💥",
        "\u{202E}x",
    ]

    @Test("A name is a name, whatever it looks like", arguments: TestEngine.allCases)
    func hostileNames(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 3)
        for name in Self.hostile {
            let explanation = try await bench.get(WebBench.books + "/explain", ("partnumber", name))
            #expect(explanation.status == 200, "\(explanation.text)")
            #expect(try explanation.json["partnumber"]?.string == name)
            for (from, to) in [(name, "active"), ("active", name)] {
                let diff = try await bench.get(WebBench.books + "/diff", ("from", from), ("to", to))
                #expect(diff.error == "404 failed 1")
            }
        }
        for path in Self.hostile + ["0", "-1", "1e3", "9223372036854775808", "active"] {
            #expect(try await bench.post(WebBench.books + "/\(path)/activate", "{}").status == 404)
        }
        #expect(try await bench.get(WebBench.books).json["books"]?[0]?["is_active"] == true)
    }

    @Test(
        "What may be a secret, and a text with a NUL, are no names",
        arguments: ["mariadb://root:pw@host/db", "a\u{0}b", ""])
    func refusedNames(name: String) async throws {
        let bench = try WebBench(.sqlite, parts: 1)
        let answer = try await bench.get(WebBench.books + "/explain", ("partnumber", name))
        #expect(answer.error == "400 usage 64" && !answer.text.contains("pw"))
        #expect(try await bench.get(WebBench.books + "/diff", ("from", name)).status != 200)
    }

    @Test(
        "A book is activated, and it is said who did it; one that does not exist is not found",
        arguments: TestEngine.allCases)
    func activate(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 5)
        try bench.load(parts: 6)
        try bench.pnbook("create")
        let answer = try await bench.post(WebBench.books + "/1/activate", "{}")
        #expect(answer.status == 200)
        #expect(try answer.json["active"]?["id"] == 1 && answer.json["before"]?["id"] == 2)
        #expect(try answer.json["task"]?["triggered_by"] == "api:ann")
        let again = try await bench.post(WebBench.books + "/1/activate")
        #expect(try again.status == 200 && again.json["items"] == .null)
        #expect(try await bench.post(WebBench.books + "/9/activate", "{}").error == "404 failed 1")
        #expect(bench.log.lines.contains("info: api:ann (127.0.0.1) POST \(WebBench.books)/1/activate: 200"))
        #expect(
            bench.log.lines.contains {
                $0.hasPrefix("info: api:ann (127.0.0.1) POST \(WebBench.books)/9/activate: 404: ")
            })
    }

    @Test("A book is pinned with any note, and let go", arguments: TestEngine.allCases)
    func pin(engine: TestEngine) async throws {
        let bench = try WebBench(engine, parts: 3)
        for note in ["offer 17", "--help", "\"quotes\" & <b>'s</b>", "-", "line\nbreak"] {
            let pinned = try await bench.post(WebBench.books + "/1/pin", JSONText.object(["note": note]))
            #expect(pinned.status == 200, "\(pinned.text)")
            let listed = try await bench.get(WebBench.books).json["books"]?[0]?["pinned"]
            #expect(listed?["note"]?.string == note && listed?["by"] == "api:ann")
        }
        // The log is lines.
        #expect(bench.log.lines.allSatisfy { !$0.contains("\n") } && bench.log.lines.count == 5)
        #expect(try await bench.post(WebBench.books + "/1/unpin", "{}").json["changed"] == true)
        #expect(try await bench.post(WebBench.books + "/1/unpin", "{}").json["changed"] == false)
    }

    @Test("A pin without a note, with a long one or with more than a note is refused")
    func badNotes() async throws {
        let bench = try WebBench(.sqlite, parts: 1)
        for body in ["{}", "{\"note\":\"  \"}", "{\"note\":null}", "{\"note\":7}", "{\"note\":\"x\",\"by\":\"root\"}"] {
            #expect(try await bench.post(WebBench.books + "/1/pin", body).error == "400 usage 64", "\(body)")
        }
        let long = try JSONText.object(["note": String(repeating: "x", count: 201)])
        #expect(try await bench.post(WebBench.books + "/1/pin", long).error == "400 usage 64")
        #expect(try await bench.post(WebBench.books + "/9/pin", "{\"note\":\"x\"}").error == "404 failed 1")
        #expect(try await bench.post(WebBench.books + "/9/unpin", "{}").status == 404)
    }
}
