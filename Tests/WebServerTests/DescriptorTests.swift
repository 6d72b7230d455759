import ErrorModel
import Foundation
import Harness
import Testing
import WebServer

/// A process without free descriptors.
@Suite("Descriptors run out")
struct DescriptorTests {
    @Test("Accepting pauses, is reported once, and goes on once there are descriptors again")
    func exhausted() async {
        await #expect(processExitsWith: .success) {
            let (troubles, isTold) = (Locked<[String]>([]), DispatchSemaphore(value: 0))
            let options = WebServerOptions(
                address: ServedSite.anyPort,
                onTrouble: { text in
                    troubles.withLock { $0.append(text.string) }
                    isTold.signal()
                })
            let server = try await WebServer.start(options, handler: ServedSite.echo)
            let address = server.address
            try await OtherThread {
                var held: [Int32] = []
                while case let descriptor = open("/dev/null", O_RDONLY), descriptor >= 0, held.count < 100_000 {
                    held.append(descriptor)
                    if held.count == 1 {
                        var limit = rlimit(rlim_cur: 200, rlim_max: 200)
                        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                    }
                }
                // One for the client, and none for the server.
                close(held.removeLast())
                let client = try RawClient(address)
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                // No look at what two threads share: without descriptors the thread sanitizer knows no function by its name.
                isTold.wait()
                for descriptor in held { close(descriptor) }
                guard try client.response().status == 200 else { exit(1) }
            }.value
            guard troubles.withLock({ $0 }) == ["no connection can be accepted for the time being: Too many open files"]
            else { exit(2) }
            await server.stop()
        }
    }
}
