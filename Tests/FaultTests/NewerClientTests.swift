import Foundation
import TestSupport
import Testing

/// TLS as the next Debian's client library (3.4) has it: the program as it is built, run with that release's libraries.
///
/// From 3.4 on the library verifies nothing towards this machine's own addresses unless it is given a CA, and then no host
/// name; towards others a server that proves to know the user's password needs no CA. A CA alone cannot be asked for.
@Suite(
    "TLS with the next release's client library", .serialized,
    .enabled(if: NewerClient.launcher != nil, "this line's libraries are the machine's own"))
struct NewerClientTests {
    private let folder: String
    private let server: PrivateServer
    private let port: UInt16

    /// A server on two addresses, of which the library takes one for its own machine's, with a certificate for neither.
    init() throws {
        folder = NSTemporaryDirectory() + "/pnbook-newer-" + UUID().uuidString.prefix(8).lowercased()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["ours", "theirs"] {
            try Self.openssl(
                "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=\(name) -keyout \(name).key -out \(name).pem",
                in: folder)
        }
        try Self.openssl("req -newkey rsa:2048 -nodes -subj /CN=elsewhere -keyout it.key -out it.csr", in: folder)
        try Self.openssl(
            "x509 -req -in it.csr -CA ours.pem -CAkey ours.key -CAcreateserial -days 30 -out it.pem", in: folder)
        port = UInt16.random(in: 20_000...32_000)
        server = try PrivateServer([
            "--skip-networking=0", "--port=\(port)", "--bind-address=127.0.0.1,127.0.0.2",
            "--ssl-ca=\(folder)/ours.pem", "--ssl-cert=\(folder)/it.pem", "--ssl-key=\(folder)/it.key",
        ])
        try server.sql("CREATE DATABASE shop")
        for host in ["127.0.0.1", "127.0.0.2"] {
            try server.sql(
                """
                CREATE USER ann@'\(host)' IDENTIFIED BY 'x'; CREATE USER bob@'\(host)';
                GRANT ALL ON shop.* TO ann@'\(host)'; GRANT ALL ON shop.* TO bob@'\(host)'
                """)
        }
        try Data("x\n".utf8).write(to: URL(filePath: folder + "/password"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder + "/password")
    }

    private static func openssl(_ arguments: String, in folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TookTooLong(what: "openssl \(arguments)") }
    }

    /// What `doctor` says and exits with.
    private func doctor(_ user: String, _ host: String, _ query: String) throws -> (code: Int32, stdout: String) {
        guard let launcher = NewerClient.launcher,
            let program = ProcessInfo.processInfo.environment["PNBOOK_TEST_BINARY"]
        else { throw MissingBinary() }
        let process = Process()
        process.executableURL = URL(filePath: launcher)
        process.arguments =
            [program, "doctor", "--database", "mariadb://\(user)@\(host):\(port)/shop\(query)"]
            + (user == "ann" ? ["--password-file", folder + "/password"] : [])
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CONFIG_HOME": "/dev/null"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test("Who is let in and who is not, by user, address and what the URL asks for")
    func modes() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (ours, theirs) = ("tls-ca=\(folder)/ours.pem", "tls-ca=\(folder)/theirs.pem")
        let expectations: [(user: String, host: String, query: String, isIn: Bool)] = [
            // This machine's own address: without a CA nothing is verified, with one the name is not.
            ("ann", "127.0.0.1", "", true), ("bob", "127.0.0.1", "", true),
            ("ann", "127.0.0.1", "?\(ours)", true), ("ann", "127.0.0.1", "?\(theirs)", false),
            // Any other: the password's proof is enough without a CA; with one the name counts.
            ("ann", "127.0.0.2", "", true), ("bob", "127.0.0.2", "", false),
            ("ann", "127.0.0.2", "?\(ours)", false), ("ann", "127.0.0.2", "?\(theirs)", false),
            ("ann", "127.0.0.2", "?tls=require", true), ("bob", "127.0.0.2", "?tls=require", true),
            // The library has no such mode any more, and takes it for none.
            ("ann", "127.0.0.1", "?tls=verify-ca&\(ours)", false),
            ("ann", "127.0.0.2", "?tls=verify-ca&\(ours)", false),
        ]
        for (user, host, query, isIn) in expectations {
            let (code, stdout) = try doctor(user, host, query)
            #expect(stdout.contains("ok      reachable") == isIn, "\(user) at \(host) \(query): \(stdout)")
            #expect((code == 69) == !isIn, "\(user) at \(host) \(query): \(code) \(stdout)")
        }
    }
}

/// The client library of the release whose server is tested.
private enum NewerClient {
    /// Starts a program with it; nil where the machine's own server is tested.
    static let launcher = ProcessInfo.processInfo.environment["PNBOOK_TEST_WITH_LIBRARIES"]
}
