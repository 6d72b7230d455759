import Database
import Foundation
import Harness
import Operations
import Tasks
import TestSupport
import Testing
import WebServer

@testable import PnbookWeb

/// Nobody gets in who doesn't belong.
@Suite("Signing in")
struct SignInTests {
    private static let bearer = "Bearer " + WebBench.token

    private static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }

    @Test("Without the token nothing is told, not even which addresses there are")
    func withoutToken() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        for path in ["/", "/vendor-mappings", "/api/tasks", "/api/tasks/ws", "/api/nothing", WebBench.books] {
            let answer = try await bench.ask("GET", path, headers: ["Authorization": nil])
            #expect(answer.error == "401 permission 77")
            #expect(answer.headers["www-authenticate"] == "Basic realm=\"pnbook\", charset=\"UTF-8\"")
        }
        #expect(try await bench.ask("DELETE", WebBench.books, headers: ["Authorization": nil]).status == 401)
        // A browser that has not been asked yet is no news.
        #expect(bench.log.lines.isEmpty)
        #expect(
            try await bench.ask("GET", "/healthz", headers: ["Authorization": nil]).text == "{\"status\":\"down\"}\n")
    }

    @Test(
        "A wrong token is refused and logged, and is not in the log",
        arguments: [
            basic("ann", "wrong-horse-battery-staple"), basic("ann", ""), basic(WebBench.token, ""),
            "Bearer wrong-horse-battery-staple", "Bearer " + WebBench.token + "x", "Bearer ", "Basic !!!",
            "Digest " + WebBench.token, "Basic " + Data(WebBench.token.utf8).base64EncodedString(),
        ])
    func wrongToken(authorization: String) async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let answer = try await bench.ask("GET", "/api/tasks", headers: ["Authorization": authorization])
        #expect(answer.error == "401 permission 77")
        #expect(bench.log.lines.count == 1 && bench.log.lines[0].contains("127.0.0.1 GET /api/tasks: 401"))
        #expect(!bench.log.lines[0].contains("horse"))
    }

    @Test("Each further wrong token of an address waits longer; the right one never does")
    func slowed() async throws {
        let pauses = Locked<[Duration]>([])
        let delay = FailureDelay { pause in pauses.withLock { $0.append(pause) } }
        let signIn = SignIn(try AccessToken(Secret(WebBench.token)), origin: OriginCheck(nil), delay: delay)
        func attempt(_ token: String, from peer: String) async -> Bool {
            let headers = WebHeaders([(name: "Authorization", value: "Bearer " + token)])
            let request = WebRequest(method: "GET", path: "/", headers: headers, peer: peer)
            return (try? await signIn.client(of: request, for: .reading)) != nil
        }
        for _ in 1...8 { #expect(await !attempt("wrong-wrong-wrong-wrong", from: "10.0.0.1")) }
        #expect(await !attempt("wrong-wrong-wrong-wrong", from: "10.0.0.2"))
        let expected = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000, 250].map { Duration.milliseconds($0) }
        #expect(pauses.withLock { $0 } == expected)
        #expect(await attempt(WebBench.token, from: "10.0.0.1"))
        #expect(pauses.withLock { $0.count } == expected.count)
    }

    @Test("Where very many wrong tokens wait, a further one is refused at once")
    func flooded() async throws {
        let gate = Locked(false)
        let delay = FailureDelay { _ in
            while !gate.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(5)) }
        }
        let results = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<70 { group.addTask { await delay.afterFailure(of: "10.0.0.\(number)") } }
            var results: [Bool] = []
            for await result in group {
                results.append(result)
                if results.count == 6 { gate.withLock { $0 = true } }
            }
            return results
        }
        #expect(results.count { !$0 } == 6)
    }

    @Test(
        "A change comes from the page itself, or brings the bearer token",
        arguments: [
            (["Origin": "http://page.test"], 200), (["Origin": "https://page.test"], 200),
            (["Origin": "https://PAGE.test"], 200), (["Origin": nil], 403), (["Origin": "null"], 403),
            (["Origin": "http://evil.test"], 403), (["Origin": "http://page.test.evil.test"], 403),
            (["Origin": "http://page.test:81"], 403),
            (["Origin": "http://evil.test", "Sec-Fetch-Site": "same-origin"], 403),
            (["Origin": "http://page.test", "Sec-Fetch-Site": "cross-site"], 403),
            (["Origin": "http://page.test", "Sec-Fetch-Site": "same-origin"], 200),
            (["Origin": "http://page.test", "Host": nil], 403),
            (["Origin": nil, "Authorization": bearer], 200),
            (["Origin": "http://evil.test", "Authorization": bearer], 200),
        ] as [([String: String?], Int)])
    func origins(headers: [String: String?], status: Int) async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let answer = try await bench.post("/system/tasks/send", headers: headers)
        #expect(answer.status == status)
        #expect(bench.log.lines.count == 1)
        if status == 403 { #expect(answer.error == "403 permission 77" && bench.log.lines[0].hasPrefix("warning: ")) }
    }

    @Test("A page with an origin of its own by name is that alone")
    func namedOrigin() {
        let check = OriginCheck("https://Books.example/")
        let request = { (origin: String) in
            let headers = WebHeaders([(name: "Origin", value: origin), (name: "Host", value: "127.0.0.1:8787")])
            return WebRequest(method: "POST", path: "/", headers: headers, peer: "127.0.0.1")
        }
        #expect(check.isOwn(request("https://books.example")))
        #expect(!check.isOwn(request("http://books.example")) && !check.isOwn(request("http://127.0.0.1:8787")))
    }

    @Test("Another site's page has us do no work; a person may follow its link")
    func foreignFetches() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let image: [String: String?] = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"]
        #expect(try await bench.ask("GET", WebBench.books, headers: image).error == "403 permission 77")
        let link: [String: String?] = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"]
        #expect(try await bench.ask("GET", "/vendor-mappings", headers: link).status == 200)
        let own: [String: String?] = ["Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"]
        #expect(try await bench.ask("GET", "/vendor-mappings", headers: own).status == 200)
    }

    @Test("Another site's page opens no WebSocket")
    func foreignWebSocket() async throws {
        let bench = try WebBench(.sqlite, parts: nil)
        let upgrade: [String: String?] = ["Upgrade": "websocket"]
        #expect(try await bench.ask("GET", "/api/tasks/ws", headers: upgrade).hub != nil)
        let foreign = upgrade.merging(["Origin": "http://evil.test"]) { _, new in new }
        #expect(try await bench.ask("GET", "/api/tasks/ws", headers: foreign).error == "403 permission 77")
        let own = upgrade.merging(["Origin": "http://page.test"]) { _, new in new }
        #expect(try await bench.ask("GET", "/api/tasks/ws", headers: own).hub != nil)
    }

    @Test(
        "Who asks is named as the command line can name it",
        arguments: [
            ("ann", "api:ann"), ("Анна", "api:Анна"), ("ann@corp", "api:ann@corp"), ("--json", "api:--json"),
            ("", "api:page"),
            ("a b\n\u{1b}[31m<script>", "api:ab31mscript"), ("mysql://root:pw@host/db", "api:mysqlrootpw@hostdb"),
            (String(repeating: "x", count: 500), "api:" + String(repeating: "x", count: 64)),
        ])
    func names(user: String, client: String) {
        #expect(ClientName.trigger(of: user).description == client)
    }

    @Test("The token comes from a file that only its owner may read, a credential or a command, and is long enough")
    func sources() throws {
        let folder = try ScratchFolder()
        let file = try folder.write(WebBench.token + "\n", to: "token")
        let token = Array(WebBench.token.utf8)
        #expect(try TokenSource.file(file).token(credentials: nil).matches(token))
        #expect(try TokenSource.command("echo \(WebBench.token)").token(credentials: nil).matches(token))
        let readable = try folder.write(WebBench.token, to: "readable", mode: 0o644)
        #expect(throws: ConfigurationError.self) { try TokenSource.file(readable).token(credentials: nil) }
        #expect(try TokenSource.credential("readable").token(credentials: folder.path).matches(token))
        for name in ["../readable", "..", ""] {
            #expect(throws: ConfigurationError.self) {
                try TokenSource.credential(name).token(credentials: folder.path)
            }
        }
        #expect(throws: ConfigurationError.self) { try TokenSource.credential("readable").token(credentials: nil) }
        let short = try folder.write("short", to: "short")
        #expect(throws: ConfigurationError.self) { try TokenSource.file(short).token(credentials: nil) }
        #expect(throws: ConfigurationError.self) { try TokenSource.command("exit 3").token(credentials: nil) }
    }
}
