import Database
import ErrorModel

/// Checks whether a connection to MariaDB is encrypted, and how its server was verified.
struct TLSCheck {
    private let report: ServerStatus
    private let location: MariaDBURL

    /// - Parameter location: as it is configured.
    init(_ report: ServerStatus, _ location: MariaDBURL) {
        self.report = report
        self.location = location
    }

    var diagnosis: Diagnosis {
        guard let encryption = report.encryption else { return unencrypted }
        switch report.trust {
        case .certificate(let ca, host: true):
            return .ok("tls", "\(encryption), verify-full: verified by \(name(of: ca)) and the host's name")
        case .certificate(let ca, host: false):
            return .ok("tls", "\(encryption), \(mode): verified by \(name(of: ca)), not by the host's name")
        case .password:
            return .ok(
                "tls",
                "\(encryption), \(mode): accepted by the password's proof; no CA that is known has signed the "
                    + "certificate, and the host's name is not looked at")
        case .fingerprint:
            return .ok("tls", "\(encryption), \(mode): verified by the fingerprint in the option file")
        case .nothing(ownAddress: true):
            return .note(
                "tls",
                "\(encryption), but the server is not verified: the client library takes this machine's "
                    + "own address as it is",
                fix: .text("Add tls-ca=FILE to the URL, or use the server's socket: \(socketURL)"))
        case .nothing(ownAddress: false):
            return unverified(encryption)
        case nil:
            return [.require, .disable].contains(location.effectiveTLS)
                ? unverified(encryption) : .ok("tls", "\(encryption), \(mode)")
        }
    }

    private var mode: String { location.effectiveTLS.rawValue }

    private func name(of ca: String?) -> DisplayText { ca.map { "the CA in \($0)" } ?? "a CA that this machine knows" }

    private var socketURL: String {
        "mariadb://\(location.user.map { $0 + "@" } ?? "")localhost/\(location.schema)"
    }

    private func unverified(_ encryption: String) -> Diagnosis {
        let parameter = "tls=\(mode)"
        return .note(
            "tls", "\(encryption), but the server is not verified (\(parameter))",
            fix: .text(
                location.tlsCA == nil
                    ? "Give the server's CA with tls-ca=FILE in place of \(parameter) in the URL; or put the certificate's "
                        + "fingerprint into the option file: [pnbook] ssl-fp=..."
                    : "Leave \(parameter) out of the URL; or put the certificate's fingerprint into the option file: [pnbook] "
                        + "ssl-fp=..."))
    }

    private var unencrypted: Diagnosis {
        if location.isLocalSocket { return .ok("tls", "none, over a socket of this machine") }
        let found: DisplayText = "this connection is not encrypted: password and books can be read on the way"
        if report.offersTLS == false {
            return .note(
                "tls", "\(found); the server has no TLS",
                fix: .text(
                    "Give the server a certificate (ssl_cert and ssl_key), then leave tls=disable out of the URL; or, on "
                        + "the server's own machine, use its socket: \(socketURL)"))
        }
        let ca: DisplayText =
            location.tlsCA == nil ? ", and add tls-ca=FILE where no CA that this machine knows has signed for it" : ""
        return .note("tls", found, fix: .text("Leave tls=disable out of the URL\(ca)"))
    }
}
