import Foundation
import Harness
import Testing
import WebServer

/// Bytes that a generator makes up out of a right request.
@Suite("Bytes made up at random")
struct RandomRequestTests {
    private static let splinters = [
        "\r\n", "\n", "\0", " ", "\t", ":", "/", "..", "%2e%2e", "%00", "?", "#", "HTTP/1.1", "Host: b\r\n",
        "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "\u{FF}", "{}", "GET ",
    ]

    private static func request(_ random: inout SplitMix64) -> [UInt8] {
        let right =
            "POST /api/tasks/a?b=c HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
        var bytes = Array(right.utf8)
        for _ in 0..<random.below(6) {
            let place = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes.insert(contentsOf: random.pick(splinters).utf8, at: place)
            case 1: bytes[place] = UInt8(random.below(256))
            default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
            }
            if bytes.isEmpty { return [0] }
        }
        return bytes
    }

    @Test("300 of them are answered with a status or not at all; no handler sees a path that leads elsewhere")
    func made() async throws {
        let odd = Locked<[String]>([])
        let handler: WebHandler = { request in
            let isPlain =
                request.path.hasPrefix("/")
                && !request.path.split(separator: "/").contains { [".", ".."].contains($0) }
                && request.path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
                && request.headers.values(of: "Host").count <= 1
            if !isPlain { odd.withLock { $0.append("\(request)") } }
            return .response(WebResponse(status: 200))
        }
        let statuses = try await ServedSite.run(handler: handler) { address in
            var random = SplitMix64(seed: 18)
            var statuses: [Int: Int] = [:]
            for _ in 0..<300 {
                let client = try RawClient(address)
                client.send(Self.request(&random))
                // The end of what is sent: a request that is not whole is not waited for.
                client.endSending()
                let answer = String(decoding: try client.rest(), as: UTF8.self)
                // 0 for no answer, -1 for one that is none.
                let status =
                    answer.isEmpty ? 0 : answer.hasPrefix("HTTP/1.1 ") ? Int(answer.dropFirst(9).prefix(3)) ?? -1 : -1
                statuses[status, default: 0] += 1
            }
            return statuses
        }
        #expect(odd.withLock(\.self) == [])
        #expect(
            statuses.keys.allSatisfy {
                $0 == 0 || [200, 400, 404, 405, 408, 411, 413, 414, 417, 431, 501, 505].contains($0)
            })
        #expect(statuses[200, default: 0] > 30 && statuses[400, default: 0] > 30, "\(statuses)")
    }
}
