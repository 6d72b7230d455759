import CMariaDB
import Database
import ErrorModel
import FoundationEssentials
import Glibc

/// Refuses before connecting a kind of verification that is not possible.
enum MariaDBTLS {
    /// - Throws: `DatabaseError`: of kind `tls` where this client library cannot do what the URL asks for, and of kind
    ///   `configuration` for a CA file that cannot be used.
    static func check(_ login: MariaDBLogin) throws {
        let location = login.location
        if let (name, path) = login.unusableFile {
            throw DatabaseError(
                kind: .configuration, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
                message: "\(path) (\(name) in the option file) is not a file that can be read",
                place: location.description,
                advice: .text("Name a file in PEM form that this user may read, or take the line out"))
        }
        guard [.verifyCA, .verifyFull].contains(location.effectiveTLS) else { return }
        if location.effectiveTLS == .verifyCA, ClientLibrary.isFrom34 {
            throw DatabaseError(
                kind: .tls, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
                message:
                    "this machine's MariaDB client library \(ClientLibrary.version) verifies no CA without the host's name",
                place: location.description,
                advice: .pinCertificate(alternative: "Say tls=verify-full with the name that is in the certificate"))
        }
        if let file = login.ca, let problem = problem(withCA: file) {
            let source: DisplayText = location.tlsCA == nil ? "ssl-ca in the option file" : "tls-ca"
            throw DatabaseError(
                kind: .configuration, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
                message: "the CA file \(file) (\(source)) \(problem)", place: location.description,
                advice: .text(
                    "Name the PEM file of the CA that has signed the server's certificate, which this user may read"))
        }
    }

    /// The client library says `No such file or directory` and does not say which file.
    private static func problem(withCA path: String) -> DisplayText? {
        var status = stat()
        guard stat(path, &status) == 0 else { return "cannot be read: \(String(cString: strerror(errno)))" }
        if status.st_mode & S_IFMT == S_IFDIR { return "is a folder" }
        guard status.st_mode & S_IFMT == S_IFREG else { return "is a device or a pipe" }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "cannot be read: \(String(cString: strerror(errno)))" }
        defer { close(descriptor) }
        let marks = [
            "-----BEGIN CERTIFICATE-----", "-----BEGIN TRUSTED CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----",
        ]
        let bytes = [UInt8](unsafeUninitializedCapacity: longestCA) { memory, count in
            while count < longestCA {
                let more = read(descriptor, memory.baseAddress?.advanced(by: count), longestCA - count)
                if more < 0 && errno == EINTR { continue }
                guard more > 0 else { return }
                count += more
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return marks.contains(where: text.contains) ? nil : "holds no certificate in PEM form"
    }

    /// Bytes of a bundle of all the CAs there are, several times over.
    private static let longestCA = 4 << 20

    /// Makes sure that the server was verified where the URL asks for it, whatever the client library has made of what it was
    /// told.
    ///
    /// - Throws: `DatabaseError` of kind `configuration`.
    static func requireVerified(_ pointer: UnsafeMutablePointer<MYSQL>, _ location: MariaDBURL) throws {
        guard location.effectiveTLS == .verifyFull, !isVerifying(pointer), fingerprint(pointer) == nil else { return }
        throw DatabaseError(
            kind: .configuration, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
            message: "this machine's MariaDB client library \(ClientLibrary.version) does not verify the server",
            place: location.description,
            advice: .text("Use another one; or, where an unverified server is wanted, say tls=require in the URL"))
    }

    /// Makes sure that what the library has compared the certificate with is the name in the URL.
    ///
    /// - Throws: `DatabaseError` of kind `configuration`.
    static func requireName(
        of host: ConnectedHost, _ pointer: UnsafeMutablePointer<MYSQL>, _ location: MariaDBURL
    ) throws {
        guard host.isKnownByAddress, location.effectiveTLS == .verifyFull, fingerprint(pointer) == nil else { return }
        if let compared = pointer.pointee.host.map({ String(cString: $0) }), compared == location.host { return }
        throw DatabaseError(
            kind: .configuration, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
            message:
                "this machine's MariaDB client library \(ClientLibrary.version) does not verify one of several addresses by their name",
            place: location.description,
            advice: .text("Use another one; or name each address as a host of its own in the URL"))
    }

    /// How the server of an open connection has proved its identity; nil where it is not encrypted.
    static func trust(_ pointer: UnsafeMutablePointer<MYSQL>, _ location: MariaDBURL) -> ServerTrust? {
        guard mysql_get_ssl_cipher(pointer) != nil else { return nil }
        let isPinned = fingerprint(pointer) != nil
        let ca = text(of: MYSQL_OPT_SSL_CA, pointer)
        if !ClientLibrary.isFrom34 {
            if isVerifying(pointer) { return .certificate(ca: ca, host: true) }
            if isPinned { return .fingerprint }
            return ca == nil ? .nothing(ownAddress: false) : .certificate(ca: ca, host: false)
        }
        // There a fingerprint replaces a CA, whatever else is asked for.
        if isPinned { return .fingerprint }
        guard isVerifying(pointer) || ca != nil else { return .nothing(ownAddress: false) }
        let isOwnAddress = location.isLocalSocket || ClientLibrary.trustsAddress(location.host)
        if verifyStatus(pointer) == 0 { return .certificate(ca: ca, host: !isOwnAddress) }
        return isOwnAddress ? .nothing(ownAddress: true) : .password
    }

    /// What the library found wrong with the certificate and let pass, as bits; 0 for nothing.
    ///
    /// The question is known from 3.4 on, and by its number only: the headers of 3.3 do not name it.
    private static func verifyStatus(_ pointer: UnsafeMutablePointer<MYSQL>) -> UInt32 {
        let question = mariadb_value(rawValue: 37)
        var status: UInt32 = 0
        return mariadb_get_info(pointer, question, &status) == 0 ? status : 0
    }

    private static func isVerifying(_ pointer: UnsafeMutablePointer<MYSQL>) -> Bool {
        var verifies: Int8 = 0
        return mysql_get_option(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verifies) == 0 && verifies != 0
    }

    private static func fingerprint(_ pointer: UnsafeMutablePointer<MYSQL>) -> String? {
        text(of: MARIADB_OPT_SSL_FP, pointer) ?? text(of: MARIADB_OPT_SSL_FP_LIST, pointer)
    }

    private static func text(of option: mysql_option, _ pointer: UnsafeMutablePointer<MYSQL>) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard mysql_get_option(pointer, option, &value) == 0, let value else { return nil }
        return String(cString: value)
    }
}
