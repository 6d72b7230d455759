import Foundation
import Harness

/// Certificates made by openssl in a folder of their own: NAME.pem, and its key NAME.key.
final class Certificates {
    private let scratch: ScratchFolder

    /// The folder they are in.
    var folder: String { scratch.path }

    init() throws {
        scratch = try ScratchFolder()
    }

    /// Makes a certificate that signs itself: an authority's, or a server's of which no authority knows.
    func makeSelfSigned(_ name: String, for subject: String? = nil) throws {
        try openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=\(subject ?? name) -keyout \(name).key -out \(name).pem"
        )
    }

    /// Makes a certificate that the authority `ours` has signed.
    ///
    /// - Parameters:
    ///   - host: whose it is.
    ///   - days: how long it is valid from now on; negative for one that has expired.
    func make(_ name: String, for host: String, days: Int = 30) throws {
        try openssl("req -newkey rsa:2048 -nodes -subj /CN=\(host) -keyout \(name).key -out \(name).csr")
        try openssl(
            "x509 -req -in \(name).csr -CA ours.pem -CAkey ours.key -CAcreateserial -days \(days) -out \(name).pem")
    }

    /// Writes another file beside them, which only its owner may read.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try scratch.write(text, to: name)
    }

    /// Runs openssl in the folder and returns what it says.
    @discardableResult
    func openssl(_ arguments: String) throws -> String {
        try ChildRun.succeed(["openssl"] + arguments.split(separator: " ").map(String.init), folder: folder)
    }

    /// Makes a server use one of them.
    func options(_ name: String) -> [String] {
        ["--ssl-cert=\(folder)/\(name).pem", "--ssl-key=\(folder)/\(name).key"]
    }
}
