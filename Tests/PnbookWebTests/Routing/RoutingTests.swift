import TestSupport
import Testing

@testable import PnbookWeb

/// What a request is answered with before its route's own work begins.
@Suite("Requests")
struct RoutingTests {
    @Test("An address that there is not, and a method that an address does not take, are errors in JSON")
    func addresses() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let missing = try await bench.get("/api/nothing")
        #expect(missing.error == "404 not_found 64")
        #expect(try missing.json.names == ["error", "schema", "task"])
        #expect(try missing.json["error"]?.names == ["code", "fix", "kind", "message"])
        let put = try await bench.ask("PUT", WebBench.books)
        #expect(put.error == "405 method_not_allowed 64" && put.headers["allow"] == "GET, HEAD, POST")
        let page = try await bench.ask("POST", "/vendor-mappings")
        #expect(page.headers["allow"] == "GET, HEAD")
        // Two routes fit it, and both take the same.
        let feed = try await bench.post("/api/tasks/ws")
        #expect(feed.status == 405 && feed.headers["allow"] == "GET, HEAD")
        for path in ["/api/tasks/", "/api/tasks/a/b", "/API/TASKS", WebBench.books + "/"] {
            #expect(try await bench.get(path).status == 404, "\(path)")
        }
    }

    @Test("Every answer tells the browser to keep nothing, load nothing and guess nothing")
    func headers() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let answers = [
            try await bench.get("/healthz"), try await bench.get("/api/nothing"), try await bench.get(WebBench.books),
            try await bench.ask("GET", "/api/tasks", headers: ["Authorization": nil]),
            try await bench.get("/vendor-mappings"),
        ]
        #expect(answers.map(\.status) == [503, 404, 503, 401, 200])
        for answer in answers {
            let policy = answer.headers["content-security-policy"] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; ") && !policy.contains("unsafe"))
            #expect(policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self';"))
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["referrer-policy"] == "no-referrer")
            #expect(answer.headers["cross-origin-resource-policy"] == "same-origin")
            #expect(answer.headers["cache-control"] == (answer.status == 200 ? "private, no-cache" : "no-store"))
        }
    }

    @Test("The page's files are sent once, and HEAD is answered as GET")
    func files() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let page = try await bench.get("/vendor-mappings")
        #expect(page.text == "<p>" && page.headers["etag"] == "\"t1\"")
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        let again = try await bench.ask("GET", "/vendor-mappings", headers: ["If-None-Match": "\"x\", W/\"t1\""])
        #expect(again.status == 304 && again.text.isEmpty)
        #expect(try await bench.ask("HEAD", "/vendor-mappings").status == 200)
        #expect(try await bench.ask("HEAD", "/api/tasks").status == 503)
    }

    @Test(
        "A body that is not one JSON object of known fields is refused, and nothing is begun",
        arguments: [
            ("{\"dry_run\":true,\"command\":\"rm\"}", "application/json", "400 usage 64"),
            ("{\"dry_run\":\"true\"}", "application/json", "400 usage 64"),
            ("{\"dry_run\":1e999}", "application/json", "400 usage 64"),
            ("{\"dry_run\":99999999999999999999999}", "application/json", "400 usage 64"),
            ("[]", "application/json", "400 usage 64"), ("{", "application/json", "400 usage 64"),
            ("\u{0}", "application/json", "400 usage 64"),
            (String(repeating: "[", count: 60_000), "application/json", "400 usage 64"),
            ("{\"dry_run\":{\"a\":[true]}}", "application/json; charset=utf-8", "400 usage 64"),
            ("{\"allow_shrink\":true}", "application/json", "400 usage 64"),
            ("{\"allow_shrink\":true,\"confirm\":\"yes\"}", "application/json", "400 usage 64"),
            ("{\"confirm\":true}", "application/json", "400 usage 64"),
            ("dry_run=true", "application/x-www-form-urlencoded", "415 unsupported_media_type 64"),
            ("{}", "text/plain", "415 unsupported_media_type 64"),
            ("{}", "application/json; charset=utf-16", "415 unsupported_media_type 64"),
        ])
    func bodies(body: String, type: String, error: String) async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let answer = try await bench.post(WebBench.books, body, headers: ["Content-Type": type])
        #expect(answer.error == error)
        // A database that is not there would have been found out by whatever was begun.
        #expect(bench.log.lines.count == 1 && bench.log.lines[0].contains("api:ann (127.0.0.1) POST \(WebBench.books)"))
    }

    @Test("A parameter that is given twice, and a number that is none, are refused")
    func parameters() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        #expect(try await bench.get("/api/tasks", ("limit", "1"), ("limit", "2")).error == "400 usage 64")
        for limit in ["0", "-1", "201", "x", "", "9999999999999999999999", "1e2"] {
            #expect(try await bench.get("/api/tasks", ("limit", limit)).error == "400 usage 64", "\(limit)")
        }
        #expect(try await bench.get("/api/tasks", ("active", "yes")).error == "400 usage 64")
        #expect(try await bench.get("/api/tasks", ("view", "all")).error == "400 usage 64")
        #expect(try await bench.get(WebBench.books + "/explain").error == "400 usage 64")
        #expect(try await bench.get(WebBench.books + "/diff", ("limit", "1001")).error == "400 usage 64")
    }
}
