import Database
import DatabaseMariaDB
import Foundation
import Harness

/// A dishonest server with TLS and a certificate for 127.0.0.1 that has signed itself: greets one client, asks it for other
/// plugins, and writes down what it hears behind the encryption.
final class TLSServer: Sendable {
    private let scratch: ScratchFolder
    private let server: ScriptedServer
    private let process: Process
    private let heard: Locked<[UInt8]>
    private let script: OtherThread<Void>
    private let hasLeft: Locked<Bool>

    /// The file of the certificate.
    var certificate: String { scratch.path + "/it.pem" }
    /// What the client has said.
    var plainText: String { heard.withLock { String(decoding: $0, as: UTF8.self) } }

    init(switchingTo plugins: [String]) throws {
        let scratch = try ScratchFolder()
        self.scratch = scratch
        try ChildRun.succeed(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=127.0.0.1"]
                + ["-keyout", "it.key", "-out", "it.pem"], folder: scratch.path)
        let (input, output) = (Pipe(), Pipe())
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        // By a short name: openssl takes no longer ones.
        process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
        process.arguments =
            ["s_server", "-quiet", "-naccept", "1", "-unix", "tls.sock", "-cert", "it.pem", "-key", "it.key"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let heard = Locked<[UInt8]>([])
        self.heard = heard
        script = OtherThread { Self.follow(plugins, output.fileHandleForReading, input.fileHandleForWriting, heard) }
        let hasLeft = Locked(false)
        self.hasLeft = hasLeft
        server = try ScriptedServer(
            login: .custom { client in
                Self.serve(client, scratch.path + "/tls.sock")
                hasLeft.withLock { $0 = true }
            }
        ) { _, _ in .hangUp }
    }

    func options(_ mode: MariaDBURL.TLS) -> MariaDBOptions { ScriptedSession.options(server, tls: mode) }

    /// An option file with the certificate's fingerprint.
    func fingerprintFile() throws -> String {
        let print = try ChildRun.succeed(
            ["openssl", "x509", "-in", "it.pem", "-noout", "-fingerprint", "-sha1"], folder: scratch.path)
        let digits = print.split(separator: "=").last.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
        return try scratch.write("[pnbook]\nssl-fp=\(digits)\n", to: "print.cnf")
    }

    /// Waits until all that the client has said is there.
    func waitForClient() throws {
        try eventually(30, "the client is gone") { hasLeft.withLock { $0 } || server.visits == 0 }
        server.stop()
        // It may have gone without a word of TLS.
        process.terminate()
        process.waitUntilExit()
        try script.wait()
    }

    /// Greets, and passes on whatever comes after the client has asked for TLS.
    private static func serve(_ client: WireClient, _ path: String) {
        client.send(WirePacket.greeting(offersTLS: true), number: 0)
        guard client.packet() != nil else { return }
        var connected: Int32?
        try? eventually(20, "openssl listens") {
            connected = LocalSocket.connect(to: path)
            return connected != nil
        }
        guard let upstream = connected else { return }
        let up = OtherThread {
            while let bytes = client.bytes() { LocalSocket.send(bytes, to: upstream) }
            shutdown(upstream, Int32(SHUT_RDWR))
        }
        while let bytes = LocalSocket.receive(from: upstream) { client.send(bytes) }
        client.hangUp()
        try? up.wait()
        close(upstream)
    }

    private static func follow(
        _ plugins: [String], _ output: FileHandle, _ input: FileHandle, _ heard: Locked<[UInt8]>
    ) {
        var packets: [UInt8] = []
        // The login is the client's second packet.
        var number: UInt8 = 3
        var replies = plugins.map { WirePacket.authSwitch(to: $0) } + [WirePacket.error(1045, Array("enough".utf8))]
        while case let bytes = output.availableData, !bytes.isEmpty {
            heard.withLock { $0 += bytes }
            packets += bytes
            while packets.count >= 4, packets.count >= 4 + Int(packets[0]) + Int(packets[1]) << 8 {
                packets.removeFirst(4 + Int(packets[0]) + Int(packets[1]) << 8)
                guard !replies.isEmpty else { continue }
                try? input.write(contentsOf: Data(WirePacket.framed(replies.removeFirst(), number: number)))
                number &+= 2
            }
        }
    }
}
