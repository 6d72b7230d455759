import Database
import ErrorModel

/// What to do where the server does not let an account in, or not now: by the code and the text of the error.
struct LoginAdvice {
    let location: MariaDBURL

    /// Nil where the kind of the error says enough.
    func remedy(code: Int, message: String) -> Remedy? {
        if Self.missingPlugin(message) == nil {
            if code == 1045 { return denied }
            if code == 1049 { return .checkLocation(.schema) }
        }
        return text(code: code, message: message).map { .text($0) }
    }

    private func text(code: Int, message: String) -> DisplayText? {
        if let plugin = Self.missingPlugin(message) { return missing(plugin) }
        switch code {
        case 1698:
            return
                "The account is for the operating system's user of the same name (unix_socket): run as that user, or "
                + "give it a password: ALTER USER \(account) IDENTIFIED BY '...';"
        case 4151: return "The account is locked; an administrator can open it: ALTER USER \(account) ACCOUNT UNLOCK;"
        case 1524:
            return "The server has not loaded the plugin by which the account logs in; an administrator can: "
                + "INSTALL SONAME '...';"
        case 5010: return unverified
        case 3159:
            return location.effectiveTLS == .disable
                ? "Leave tls=disable out of the URL: the server takes encrypted connections only (require_secure_transport)"
                : nil
        case 1130:
            return "The server knows no account that may come from this machine; an administrator can make one: "
                + "CREATE USER \(account) IDENTIFIED BY '...';"
        case 1129:
            return "Too many broken connections have come from this machine; an administrator can let it in again: "
                + "FLUSH HOSTS;"
        case 2005:
            return "The name \(location.host) is not known on this machine: check it in the URL (getent hosts "
                + "\(location.host))"
        default: return nil
        }
    }

    /// Only the server knows the account's host.
    private var account: String { "'\(location.user ?? "...")'@'...'" }

    private var denied: Remedy {
        if location.isLocalSocket { return .checkCredentials() }
        return .checkCredentials(
            note: location.effectiveTLS == .disable
                ? "an account or a server that demands TLS (REQUIRE SSL, require_secure_transport) refuses a login with "
                    + "tls=disable"
                : "an account that demands a certificate (REQUIRE X509) needs ssl-cert and ssl-key in the option file")
    }

    /// The client's plugin that could not be loaded; nil for any other cause. The text differs between the lines and
    /// comes with codes that mean other things (1045, 2059).
    static func missingPlugin(_ message: String) -> String? {
        guard let match = message.firstMatch(of: /[Pp]lugin '?([A-Za-z0-9_]+)'? (?:could not|cannot) be loaded/) else {
            return nil
        }
        return String(match.1)
    }

    /// The server asks for the password itself, which only a verified one is told.
    private var unverified: DisplayText {
        let mode = "tls=\(location.effectiveTLS.rawValue)"
        let way: DisplayText =
            location.tlsCA == nil
            ? "Verify the server: tls-ca=FILE in place of \(mode) in the URL, or the fingerprint of its certificate as ssl-fp in "
                + "the option file"
            : "Verify the server: leave \(mode) out of the URL"
        return "\(way); or let an administrator give the account a plugin that does not ask for the password: "
            + "ALTER USER \(account) IDENTIFIED VIA ed25519 USING PASSWORD('...');"
    }

    private func missing(_ plugin: String) -> DisplayText {
        let since: DisplayText = plugin == "parsec" ? " (parsec comes with 3.4, in Debian 13)" : ""
        return
            "Neither user nor password is wrong: the account logs in by the plugin \(plugin), which this machine's MariaDB "
            + "client library \(ClientLibrary.version) has not. Use one that has it\(since), or let an administrator change "
            + "the account: ALTER USER \(account) IDENTIFIED VIA ed25519 USING PASSWORD('...');"
    }
}
