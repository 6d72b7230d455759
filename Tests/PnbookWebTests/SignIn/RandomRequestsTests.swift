import Database
import Foundation
import Harness
import Tasks
import Testing
import WebServer

@testable import PnbookWeb

/// Requests that a generator makes up out of right ones: nothing traps, and nothing gets in by chance.
@Suite("Requests made up at random")
struct RandomRequestsTests {
    private static let token = "correct-horse-battery-staple"

    /// A text with a few of its bytes changed, left out, doubled or put elsewhere.
    private static func bent(_ text: String, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(text.utf8)
        let splinters: [[UInt8]] = [
            [0], [0x0A], [0x20], [0xFF], [0xC0, 0xAF], Array("\u{202E}".utf8), Array("[{".utf8), Array("\"".utf8),
            Array(":".utf8), Array("=".utf8), Array("..".utf8), Array("%2e".utf8), Array("é".utf8), Array("/".utf8),
        ]
        for _ in 0..<random.below(4) {
            let place = random.below(bytes.count + 1)
            switch random.below(4) {
            case 0 where place < bytes.count: bytes.remove(at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
            case 2: bytes.insert(contentsOf: random.pick(splinters), at: place)
            default: bytes = Array(bytes[place...] + bytes[..<place])
            }
        }
        return bytes
    }

    @Test("Of 1,500 headers, those and only those get in that bring the token")
    func credentials() async throws {
        let signIn = SignIn(
            try AccessToken(Secret(Self.token)), origin: OriginCheck(nil), delay: FailureDelay(sleep: { _ in }))
        var random = SplitMix64(seed: 15)
        var entered = 0
        for round in 0..<1500 {
            let user = String(decoding: Self.bent("ann", &random), as: UTF8.self)
            let password = Self.bent(Self.token, &random)
            let pair = Data(Array(user.utf8) + [UInt8(ascii: ":")] + password)
            let right =
                random.chance(50)
                ? "Bearer " + String(decoding: password, as: UTF8.self) : "Basic " + pair.base64EncodedString()
            let header = String(
                decoding: random.chance(70) ? Array(right.utf8) : Self.bent(right, &random), as: UTF8.self)
            let request = WebRequest(
                method: "GET", path: "/", headers: WebHeaders([(name: "Authorization", value: header)]),
                peer: "192.0.2.\(round % 250)")
            guard let client = try? await signIn.client(of: request, for: .reading) else { continue }
            entered += 1
            // Read a second time, by nothing that is ours.
            let word = header.split(separator: " ").dropFirst().joined(separator: " ")
            let decoded = Data(base64Encoded: word.trimmingCharacters(in: .whitespaces)) ?? Data()
            let brings =
                word.trimmingCharacters(in: .whitespaces) == Self.token
                || decoded.suffix(Self.token.utf8.count + 1) == Data((":" + Self.token).utf8)
            try #require(brings, "\(header)")
            try #require(TaskTrigger(client.description) == client, "\(header)")
        }
        #expect(entered > 150)
    }

    @Test("Of 1,500 bodies, none becomes anything but wishes from the fixed list")
    func bodies() throws {
        let known: Set<String> = [
            "create", "--json", "--quiet", "--triggered-by=api:ann", "--dry-run", "--if-changed", "--allow-shrink",
        ]
        let client = ClientName.trigger(of: "ann")
        var random = SplitMix64(seed: 16)
        var (accepted, shrinking) = (0, 0)
        for _ in 0..<1500 {
            let fields = [
                "\"dry_run\":true", "\"if_changed\":\(random.chance(50))", "\"allow_shrink\":true",
                "\"confirm\":\"allow_shrink\"", "\"confirm\":null", "\"--database\":\"x\"", "\"dry_run\":1",
            ].filter { _ in random.chance(30) }
            let body = Self.bent("{" + fields.joined(separator: ",") + "}", &random)
            let request = WebRequest(
                method: "POST", path: BooksRoutes.root,
                headers: WebHeaders([(name: "Content-Type", value: "application/json")]), body: body, peer: "127.0.0.1")
            let wishes: RunRequest
            do { wishes = try RunRequest(of: request) } catch {
                try #require((error as? WebFailure).map { [400, 415].contains($0.status) } == true, "\(error)")
                continue
            }
            accepted += 1
            let arguments = wishes.arguments(for: client)
            try #require(known.isSuperset(of: arguments))
            guard arguments.contains("--allow-shrink") else { continue }
            shrinking += 1
            // JSON may have white space anywhere between.
            try #require(
                String(decoding: body, as: UTF8.self).filter { !$0.isWhitespace }.contains(
                    "\"confirm\":\"allow_shrink\""))
        }
        #expect(accepted > 150 && shrinking > 3)
    }

    @Test("Of 1,500 paths, none finds a file or a route that is not called so")
    func paths() {
        let routes = ["/api/tasks", "/api/tasks/:id", "/api/tasks/:id/cancel", BooksRoutes.root + "/:id/pin"]
        let router = Router(routes.map { Route("GET", $0, .reading) { _ in throw WebFailure.notFound } })
        var random = SplitMix64(seed: 17)
        var (files, found) = (0, 0)
        for _ in 0..<1500 {
            let base = random.pick(
                ["/vendor-mappings", "/vendor-mappings/page.js", "/vendor-mappings/base.css"] + routes)
            let path = String(decoding: Self.bent(base, &random), as: UTF8.self)
            let request = WebRequest(method: "GET", path: path, peer: "127.0.0.1")
            if Page.files(request) != nil {
                files += 1
                #expect(path.utf8.elementsEqual("/vendor-mappings".utf8) || path.hasPrefix("/vendor-mappings/"))
                #expect(!path.contains("..") && path.utf8.count { $0 == UInt8(ascii: "/") } <= 2)
            }
            if case .route(_, let parameters) = router.match("GET", path) {
                found += 1
                #expect(parameters.values.allSatisfy { !$0.isEmpty && !$0.contains("/") })
                #expect(path.hasPrefix("/api/"))
            }
        }
        #expect(files > 40 && found > 40)
    }
}
