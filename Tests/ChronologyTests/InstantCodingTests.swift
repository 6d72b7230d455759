import Chronology
import Foundation
import Testing

@Suite("An instant in JSON")
struct InstantCodingTests {
    @Test("An instant is one text, ISO 8601 in UTC")
    func encoding() throws {
        let json = try JSONEncoder().encode(["created_at": Instant(milliseconds: 1_795_143_600_007)])
        #expect(String(bytes: json, encoding: .utf8) == #"{"created_at":"2026-11-20T03:00:00.007Z"}"#)
    }

    @Test(
        "An instant is read from ISO 8601 with any zone",
        arguments: ["2026-11-20T03:00:00.007Z", "2026-11-20T06:00:00.007+03:00", "2026-11-19T22:00:00.0079-05:00"])
    func decoding(text: String) throws {
        let instants = try JSONDecoder().decode([Instant].self, from: Data(#"["\#(text)"]"#.utf8))
        #expect(instants == [Instant(milliseconds: 1_795_143_600_007)])
    }

    @Test("A text that names no instant is refused, and shown", arguments: ["yesterday", "2026-11-20T03:00:00", ""])
    func refusedText(text: String) throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Instant].self, from: Data(#"["\#(text)"]"#.utf8))
        }
        guard case .dataCorrupted(let context) = try #require(error) else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == "'\(text)' is not an ISO 8601 instant")
        #expect(context.codingPath.map(\.intValue) == [0])
    }

    @Test("A number is no instant: it does not say whether it counts seconds or milliseconds")
    func refusedNumber() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Instant].self, from: Data("[1795143600007]".utf8))
        }
    }
}
