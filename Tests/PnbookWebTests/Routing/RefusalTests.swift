import Testing
import WebServer

@testable import PnbookWeb

/// What the server refuses before any route sees it.
@Suite("Refusals of the server itself")
struct RefusalTests {
    @Test(
        "A refusal is answered as any other error, and as safely",
        arguments: [
            (WebRefusal.tooSlow, #""code":64"#), (.full, #""code":75"#), (.malformed(reason: "no Host"), "no Host"),
        ])
    func document(refusal: WebRefusal, part: String) {
        let response = WebApplication.response(to: refusal)
        let body = String(decoding: response.body, as: UTF8.self)
        #expect(response.status == refusal.status)
        #expect(body.contains(#""schema":1"#) && body.contains(part), "\(body)")
        #expect(response.headers.contains { $0 == ("Cache-Control", "no-store") })
        #expect(response.headers.contains { $0 == ("X-Content-Type-Options", "nosniff") })
        #expect(response.headers.contains { $0.0 == "Retry-After" } == (refusal == .full))
    }
}
