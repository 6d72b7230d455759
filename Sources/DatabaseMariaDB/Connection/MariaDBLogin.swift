import CMariaDB
import Database
import FoundationEssentials
import Glibc

/// What one connection logs in with and verifies its server by: the URL's word, and the option file's where the URL has none.
struct MariaDBLogin {
    let location: MariaDBURL
    let user: String?
    let password: Secret?
    /// What the option file says of certificates; nothing where the URL wants no TLS.
    private let texts: [OptionFile.Setting: String]

    /// - Throws: ``OptionFileError``.
    init(_ options: MariaDBOptions) throws {
        let file = try options.optionFile ?? options.defaultsFile.map { try OptionFile(path: $0) } ?? OptionFile()
        location = options.location
        user = options.location.user ?? file.user
        password = options.password ?? file.password
        texts = options.location.tls == .disable ? [:] : file.texts
    }

    /// The file of the CA that must have signed the server's certificate; nil for those that the system knows.
    var ca: String? { location.verifiedCA ?? texts[.ca] }

    private var hasFingerprint: Bool { texts[.fingerprint] != nil || texts[.fingerprints] != nil }

    /// Whether the server must prove who it is before it is told anything but the user's name.
    private var isVerified: Bool {
        if hasFingerprint { return true }
        guard [.verifyCA, .verifyFull].contains(location.effectiveTLS) else { return false }
        // Towards such an address a library from 3.4 on takes any certificate, unless it is given a CA.
        return ca != nil || texts[.caFolder] != nil || !ClientLibrary.trustsAddress(location.host)
    }

    /// Whether nothing may be sent to a server whose greeting offers no TLS.
    var requiresTLS: Bool { location.effectiveTLS != .disable }

    /// The client's plugins for logging in by which no password leaves: of the challenge only an answer is sent.
    ///
    /// A server chooses the plugin, and one that is not known to be the right one could ask for the password itself
    /// (mysql_clear_password, dialog, caching_sha2_password).
    static let challenges = ["mysql_native_password", "client_ed25519", "parsec", "auth_gssapi_client"]

    /// The first file that the library would wait for or not find, by its setting; nil where all can be read.
    var unusableFile: (setting: String, path: String)? {
        let files: [OptionFile.Setting] = [.ca, .certificate, .key, .revoked, .fingerprints]
        for setting in files {
            guard let path = texts[setting] else { continue }
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0 else {
                return (setting.rawValue, path)
            }
        }
        return nil
    }

    /// Hands it over to the client library.
    func configure(_ pointer: UnsafeMutablePointer<MYSQL>) {
        var off: Int8 = 0
        var on: Int8 = 1
        for (setting, option) in Self.options {
            guard let text = texts[setting] else { continue }
            // The URL's CA replaces whatever the file says about CAs.
            if location.verifiedCA != nil, setting == .ca || setting == .caFolder { continue }
            mysql_options(pointer, option, text)
        }
        // Where a CA is given, the library verifies against it whatever is set for the host below.
        if let file = location.verifiedCA { mysql_options(pointer, MYSQL_OPT_SSL_CA, file) }
        guard requiresTLS else {
            mysql_options(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &off)
            return
        }
        mysql_options(pointer, MYSQL_OPT_SSL_ENFORCE, &on)
        // Set either way: the library's default differs between its lines.
        if location.effectiveTLS == .verifyFull {
            mysql_options(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on)
        } else {
            mysql_options(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &off)
        }
        if !isVerified {
            mysql_options(pointer, MARIADB_OPT_RESTRICTED_AUTH, Self.challenges.joined(separator: ","))
        }
    }

    private static let options: [(OptionFile.Setting, mysql_option)] = [
        (.ca, MYSQL_OPT_SSL_CA), (.caFolder, MYSQL_OPT_SSL_CAPATH), (.certificate, MYSQL_OPT_SSL_CERT),
        (.key, MYSQL_OPT_SSL_KEY), (.keyPassword, MARIADB_OPT_TLS_PASSPHRASE), (.revoked, MYSQL_OPT_SSL_CRL),
        (.revokedFolder, MYSQL_OPT_SSL_CRLPATH), (.fingerprint, MARIADB_OPT_SSL_FP),
        (.fingerprints, MARIADB_OPT_SSL_FP_LIST),
    ]
}

extension MariaDBURL {
    /// The CA that the URL asks to verify by.
    fileprivate var verifiedCA: String? { [.verifyCA, .verifyFull].contains(effectiveTLS) ? tlsCA : nil }
}
