import Database
import ErrorModel

/// Why an encrypted connection was not possible, by the client library's messages, which differ between its lines.
enum TLSRefusal: CaseIterable {
    // In the order in which they are looked for: "self-signed certificate in certificate chain" is about a private CA.
    case noTLS
    case unknownCA
    case selfSigned
    case otherName
    case expired
    case notYetValid
    case revoked
    case fingerprint
    case protocolVersion

    /// Nil for a message that is not known.
    init?(_ message: String) {
        let message = message.lowercased()
        guard let cause = Self.allCases.first(where: { $0.phrases.contains { message.contains($0) } }) else {
            return nil
        }
        self = cause
    }

    /// In lower case.
    private var phrases: [String] {
        switch self {
        case .noTLS: ["server does not support it", "this connection has none"]
        case .unknownCA:
            [
                "in certificate chain", "unable to get local issuer", "unable to get issuer",
                "unable to verify the first", "not trusted", "invalid ca",
            ]
        case .selfSigned: ["self-signed certificate", "self signed certificate"]
        // The second is what 3.3 says of a certificate that a CA has signed for another host.
        case .otherName: ["hostname", "validation of ssl server certificate failed"]
        case .expired: ["has expired", "not yet valid or expired"]
        case .notYetValid: ["not yet valid"]
        case .revoked: ["revoked"]
        case .fingerprint: ["fingerprint"]
        case .protocolVersion:
            [
                "alert protocol version", "alert internal error", "unsupported protocol", "wrong version number",
                "no protocols available", "no ciphers available", "handshake failure", "no shared cipher",
            ]
        }
    }
}

/// What to do about a refusal, for one URL: never what the URL says already.
struct TLSAdvice {
    let location: MariaDBURL
    /// Whether the account has a password, by which a server from 11.4 on proves itself to a client library from 3.4 on.
    let hasPassword: Bool

    func remedy(for message: String) -> Remedy {
        let refusal = TLSRefusal(message)
        return refusal == .otherName && ClientLibrary.isFrom34
            ? .pinCertificate(alternative: "\(nameInURL) (\(look) shows it)") : .text(text(on: refusal))
    }

    private func text(on refusal: TLSRefusal?) -> DisplayText {
        switch refusal {
        case .noTLS: noTLS
        case .selfSigned: location.tlsCA.map(selfSigned(andNot:)) ?? selfSigned
        case .unknownCA: location.tlsCA.map(unsigned(by:)) ?? unknownCA
        case .otherName: otherName
        case .expired:
            "The server's certificate has expired: renew it on the server (ssl_cert), then: FLUSH SSL; or set this "
                + "machine's clock right, if it is wrong"
        case .notYetValid:
            "The server's certificate is for later: set the clock of this machine or of the one that made the certificate "
                + "right, or give the server another one (ssl_cert)"
        case .revoked:
            "The server's certificate has been revoked by its CA: give the server another one (ssl_cert), then: FLUSH SSL"
        case .fingerprint:
            "The server shows another certificate than the one whose fingerprint is in the option file (ssl-fp): \(look) "
                + "shows which\(onlySHA1)"
        case .protocolVersion:
            "The server and \(library) have no version of TLS or no cipher in common: let the server offer TLSv1.2 and "
                + "TLSv1.3 (tls_version, ssl_cipher)"
        case nil:
            "Look what the server offers: \(look)"
        }
    }

    private var onlySHA1: DisplayText {
        ClientLibrary.isFrom34 ? "" : "; \(library) knows SHA-1 fingerprints only"
    }

    private var library: DisplayText { "this machine's MariaDB client library \(ClientLibrary.version)" }

    private var look: String {
        "openssl s_client -starttls mysql -connect \(location.host):\(location.port ?? 3306)"
    }

    /// How the same schema is reached from the server's own machine.
    private var socketURL: String {
        "mariadb://\(location.user.map { $0 + "@" } ?? "")localhost/\(location.schema)"
    }

    private var noTLS: DisplayText {
        if location.isLocalSocket {
            return "The server has no TLS, and a socket of this machine needs none: leave tls out of the URL"
        }
        return
            "The server has no TLS: give it a certificate (ssl_cert and ssl_key, in its configuration); or, where pnbook "
            + "runs on the server's own machine, use its socket: \(socketURL); or say tls=disable, where no one can listen "
            + "on the way"
    }

    private var selfSigned: DisplayText {
        "The server's certificate is self-signed. MariaDB 11.4 and newer make one at each start where "
            + "they are given none, and no CA file goes with it. Where pnbook runs on the server's own machine, use its "
            + "socket: \(socketURL). Else give the server a certificate (ssl_cert and ssl_key) and its CA here "
            + "(tls-ca=FILE)\(orUnverified)\(passwordProof)"
    }

    private var orUnverified: DisplayText {
        location.effectiveTLS == .require ? "" : ", or accept an unverified server with tls=require"
    }

    private var passwordProof: DisplayText {
        guard ClientLibrary.isFrom34, !hasPassword else { return "" }
        return "; or give the account a password, by which a server from 11.4 on proves itself to \(library)"
    }

    private func selfSigned(andNot file: String) -> DisplayText {
        "The server's certificate is self-signed, and is not the one in \(file). Where the server makes it "
            + "again at each start (MariaDB 11.4 and newer, where they are given none), no file goes with it: use the socket "
            + "on the server's own machine (\(socketURL)), give the server a certificate (ssl_cert and ssl_key), or "
            + "accept an unverified server: tls=require in place of tls-ca"
    }

    private var unknownCA: DisplayText {
        "The server's certificate is signed by a CA that this machine does not know: give the CA's file with "
            + "tls-ca=FILE\(orUnverified)"
    }

    private func unsigned(by file: String) -> DisplayText {
        "The server's certificate is not signed by the CA in \(file): name the file of the CA that has signed it (\(look) "
            + "shows which)"
    }

    private var nameInURL: DisplayText {
        "The server's certificate is for another name than \(location.host): put the name that is in it into the URL"
    }

    private var otherName: DisplayText {
        "\(nameInURL) (\(look) shows it), or let any name do with tls=verify-ca"
            + "\(location.tlsCA == nil ? "&tls-ca=FILE" : "")"
    }
}
