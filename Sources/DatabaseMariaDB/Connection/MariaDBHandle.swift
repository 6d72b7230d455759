import CMariaDB
import Database

/// Owns one `MYSQL *`: the only place that closes it.
final class MariaDBHandle {
    private(set) var pointer: UnsafeMutablePointer<MYSQL>?

    /// Connects.
    ///
    /// Reconnecting is off: a connection that came back by itself would silently have lost its transaction, session and
    /// locks. Local files are off: a server could ask for any file we may read.
    init(_ options: MariaDBOptions) throws {
        pointer = mysql_init(nil)
        guard let pointer else {
            throw DatabaseError(
                kind: .other, engine: .mariadb, code: 2008, message: "the client library has no memory",
                place: options.location.description)
        }
        let location = options.location
        try MariaDBTLS.check(location)
        Self.configure(pointer, options)
        let flags = UInt(CLIENT_FOUND_ROWS)
        // The library uses a socket only for this host name.
        let host = location.isLocalSocket ? "localhost" : location.host
        let connected = mysql_real_connect(
            pointer, host, location.user, options.password?.value, location.schema,
            UInt32(location.port ?? 0), location.socket, flags)
        if connected == nil {
            throw MariaDBConnection.connectError(
                code: Int(mysql_errno(pointer)), message: String(cString: mysql_error(pointer)), options,
                account: { Self.account(options) })
        }
        if location.effectiveTLS != .disable, mysql_get_ssl_cipher(pointer) == nil {
            // Where the certificate need not be valid, the library goes on unencrypted when the server has no TLS.
            throw MariaDBConnection.connectError(
                code: Int(CR_SSL_CONNECTION_ERROR), message: "TLS is asked for, but this connection has none", options)
        }
        try MariaDBTLS.requireVerified(pointer, options)
        // Once more after connecting: an option file could have switched them on.
        var off: Int8 = 0
        var localInfile: UInt32 = 0
        mysql_options(pointer, MYSQL_OPT_RECONNECT, &off)
        mysql_options(pointer, MYSQL_OPT_LOCAL_INFILE, &localInfile)
        if pointer.pointee.client_flag & UInt(CLIENT_MULTI_STATEMENTS) != 0 {
            mysql_set_server_option(pointer, MYSQL_OPTION_MULTI_STATEMENTS_OFF)
        }
    }

    deinit {
        close()
    }

    /// The server's number of this connection.
    var session: Int64 { pointer.map { Int64(mysql_thread_id($0)) } ?? 0 }

    func close() {
        if let pointer { mysql_close(pointer) }
        pointer = nil
    }

    /// The account of a user whom the server has let in, but not into the schema: found out on a connection without one.
    private static func account(_ options: MariaDBOptions) -> HeldGrants? {
        guard let pointer = mysql_init(nil) else { return nil }
        defer { mysql_close(pointer) }
        let location = options.location
        configure(pointer, options)
        guard
            mysql_real_connect(
                pointer, location.isLocalSocket ? "localhost" : location.host, location.user, options.password?.value,
                nil, UInt32(location.port ?? 0), location.socket, 0) != nil
        else { return nil }
        return HeldGrants(pointer)
    }

    private static func configure(_ pointer: UnsafeMutablePointer<MYSQL>, _ options: MariaDBOptions) {
        var off: Int8 = 0
        var on: Int8 = 1
        var localInfile: UInt32 = 0
        var connectTimeout = options.connectTimeout
        var readTimeout = options.readTimeout
        var writeTimeout = options.writeTimeout
        mysql_options(pointer, MYSQL_OPT_CONNECT_TIMEOUT, &connectTimeout)
        mysql_options(pointer, MYSQL_OPT_READ_TIMEOUT, &readTimeout)
        mysql_options(pointer, MYSQL_OPT_WRITE_TIMEOUT, &writeTimeout)
        mysql_options(pointer, MYSQL_OPT_LOCAL_INFILE, &localInfile)
        mysql_options(pointer, MYSQL_OPT_RECONNECT, &off)
        mysql_options(pointer, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        mysql_options(pointer, MYSQL_REPORT_DATA_TRUNCATION, &on)
        // By default the library uses the default socket for localhost even where a port is given.
        var way = options.location.isLocalSocket ? MYSQL_PROTOCOL_SOCKET.rawValue : MYSQL_PROTOCOL_TCP.rawValue
        mysql_options(pointer, MYSQL_OPT_PROTOCOL, &way)
        if let file = options.defaultsFile {
            mysql_options(pointer, MYSQL_READ_DEFAULT_FILE, file)
            mysql_options(pointer, MYSQL_READ_DEFAULT_GROUP, "pnbook")
        }
        let mode = options.location.effectiveTLS
        if mode != .disable {
            mysql_options(pointer, MYSQL_OPT_SSL_ENFORCE, &on)
        }
        // Where a CA is given, the library verifies against it whatever is set for the host below.
        if mode == .verifyCA || mode == .verifyFull, let file = options.location.tlsCA {
            mysql_options(pointer, MYSQL_OPT_SSL_CA, file)
        }
        // Set either way: the library's default differs between its lines.
        if mode == .verifyFull {
            mysql_options(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on)
        } else {
            mysql_options(pointer, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &off)
        }
    }
}
