import ErrorModel
import Foundation
import Harness
import Testing
import WebServer

/// Where a server listens, and what is said where it cannot.
@Suite("Addresses")
struct AddressTests {
    private static func expect(_ body: String, from address: WebAddress) throws {
        let client = try RawClient(address)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.response().body == body)
    }

    private static func failure(at address: WebAddress) async -> WebServerError? {
        await #expect(throws: WebServerError.self) { try await ServedSite.run(at: address) { _ in } }
    }

    @Test("Both families of loopback are served, and a name on all its addresses")
    func loopback() async throws {
        try await ServedSite.run(at: .tcp(host: "127.0.0.1", port: 0)) { address in
            try Self.expect("GET / [] 0 127.0.0.1", from: address)
        }
        try await ServedSite.run(at: .tcp(host: "::1", port: 0)) { address in
            #expect(address.text.hasPrefix("[::1]:"))
            try Self.expect("GET / [] 0 ::1", from: address)
        }
        try await ServedSite.run(at: .tcp(host: "localhost", port: 0)) { address in
            try Self.expect("GET / [] 0 127.0.0.1", from: address)
        }
    }

    @Test("A Unix socket has the rights that it is given, and is removed at the end")
    func unixSocket() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/web.sock"
        try await ServedSite.run(at: .unix(path: path, mode: 0o660)) { address in
            try Self.expect("GET / [] 0 unix", from: address)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A socket that a killed server has left is replaced, and one that is in use is not")
    func staleSocket() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/web.sock"
        close(try LocalSocket.listen(at: path))
        #expect(FileManager.default.fileExists(atPath: path))
        let address = WebAddress.unix(path: path, mode: 0o600)
        try await ServedSite.run(at: address) { _ in try Self.expect("GET / [] 0 unix", from: address) }

        let other = try LocalSocket.listen(at: path)
        defer { close(other) }
        #expect(await Self.failure(at: address) == .addressInUse(address))
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test("A file that is not a socket is left as it is")
    func otherFile() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("keep", to: "web.sock")
        #expect(await Self.failure(at: .unix(path: path, mode: 0o660)) == .notASocket(path: path))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "keep")
    }

    @Test("What keeps a server from listening is said, and what helps")
    func failures() async throws {
        let (descriptor, port) = try LocalSocket.listen()
        defer { close(descriptor) }
        let taken = WebAddress.tcp(host: "127.0.0.1", port: Int(port))
        let error = await Self.failure(at: taken)
        #expect(error == .addressInUse(taken))
        #expect(error?.description == "another process listens on 127.0.0.1:\(port)")
        #expect(error?.remedy != nil)

        let foreign = WebAddress.tcp(host: "192.0.2.1", port: 0)
        #expect(await Self.failure(at: foreign)?.category == .configuration)
        let unknown = WebAddress.tcp(host: "no-such-name.invalid", port: 0)
        #expect(await Self.failure(at: unknown)?.category == .configuration)
        let long = "/tmp/" + String(repeating: "a", count: 200)
        #expect(await Self.failure(at: .unix(path: long, mode: 0o660)) == .pathTooLong(path: long, limit: 107))
        let nowhere = WebAddress.unix(path: "/nowhere/web.sock", mode: 0o660)
        #expect(await Self.failure(at: nowhere) == .noFolder(path: "/nowhere/web.sock"))
    }

    @Test("A socket of the service manager is served")
    func inherited() async throws {
        let (descriptor, port) = try LocalSocket.listen()
        try await ServedSite.run(at: .inherited(descriptor: descriptor)) { _ in
            try Self.expect("GET / [] 0 127.0.0.1", from: .tcp(host: "127.0.0.1", port: Int(port)))
        }
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        #expect(await Self.failure(at: .inherited(descriptor: file)) == .notListening(descriptor: file))
    }

    @Test("Only sockets that are meant for this process are taken")
    func activation() {
        func descriptors(_ environment: [String: String]) -> [Int32] {
            SocketActivation.descriptors(environment: environment, process: 42)
        }
        #expect(descriptors(["LISTEN_PID": "42", "LISTEN_FDS": "2"]) == [3, 4])
        #expect(descriptors(["LISTEN_PID": "41", "LISTEN_FDS": "2"]).isEmpty)
        #expect(descriptors(["LISTEN_FDS": "2"]).isEmpty)
        #expect(descriptors(["LISTEN_PID": "42", "LISTEN_FDS": "-1"]).isEmpty)
        #expect(descriptors([:]).isEmpty)
    }
}
