import CMariaDB
import Database
import ErrorModel

/// Owns one `MYSQL *`: the only place that closes it.
final class MariaDBHandle {
    private(set) var pointer: UnsafeMutablePointer<MYSQL>?
    /// Looks at all that the server sends.
    let inspector: WireInspector
    /// Nil once the connection is open: from then on calls take as long as they take.
    private var opening: MariaDBOpening?
    private let place: String

    /// Connects.
    ///
    /// Reconnecting is off: a connection that came back by itself would silently have lost its transaction, session and
    /// locks. Local files are off: a server could ask for any file we may read.
    convenience init(_ options: MariaDBOptions) throws {
        let login = try MariaDBLogin(options)
        try MariaDBTLS.check(login)
        try self.init(options, login, schema: options.location.schema)
    }

    /// - Parameter schema: nil for none.
    private init(_ options: MariaDBOptions, _ login: MariaDBLogin, schema: String?) throws {
        let location = options.location
        place = location.description
        guard let pointer = mysql_init(nil) else {
            throw DatabaseError(
                kind: .other, engine: .mariadb, code: 2008, message: "the client library has no memory", place: place)
        }
        self.pointer = pointer
        let host = ConnectedHost(location, address: options.address)
        inspector = WireInspector(pointer, requiresTLS: login.requiresTLS) { host.showName() }
        // From here on deinit closes it: all stored properties are set.
        let opening = try MariaDBOpening(options, at: try ServerAddress.reachable(options))
        self.opening = opening
        Self.configure(pointer, options)
        login.configure(pointer)
        let isConnected = opening.connect(
            pointer, to: location, at: host, user: login.user, password: login.password?.value, schema: schema,
            flags: UInt(CLIENT_FOUND_ROWS))
        guard isConnected else { throw connectError(pointer, options, login, schema: schema) }
        if login.requiresTLS, mysql_get_ssl_cipher(pointer) == nil {
            // Over a socket the library may go on without what it was told to use.
            throw MariaDBConnection.connectError(
                code: Int(CR_SSL_CONNECTION_ERROR), message: "TLS is asked for, but this connection has none", options)
        }
        try MariaDBTLS.requireVerified(pointer, location)
        if login.requiresTLS, !location.isLocalSocket { try MariaDBTLS.requireName(of: host, pointer, location) }
    }

    deinit {
        close()
    }

    /// The server's number of this connection.
    var session: Int64 { pointer.map { Int64(clamping: mysql_thread_id($0)) } ?? 0 }

    func close() {
        inspector.end()
        if let pointer { mysql_close(pointer) }
        pointer = nil
    }

    /// The session is set: from here on a statement may take long.
    func finishOpening() { opening = nil }

    // MARK: Calls that take their time

    /// Runs a statement.
    ///
    /// - Returns: whether that succeeded.
    func query(_ statement: String) throws -> Bool {
        guard let pointer else { return false }
        inspector.allow(WireInspector.largestAnswer)
        guard let opening else { return mysql_real_query(pointer, statement, UInt(statement.utf8.count)) == 0 }
        let isDone = opening.query(pointer, statement)
        if let failure = opening.failure { throw failure }
        return isDone
    }

    /// The result of the last statement, whole; nil where it has none, or failed.
    func result() throws -> UnsafeMutablePointer<MYSQL_RES>? {
        guard let pointer else { return nil }
        guard let opening else { return mysql_store_result(pointer) }
        let result = opening.result(pointer)
        if let failure = opening.failure {
            if let result { mysql_free_result(result) }
            throw failure
        }
        return result
    }

    /// All rows of a small result, as text; NULL is nil. Nil where the statement fails.
    func textRows(_ statement: String) throws -> [[String?]]? {
        guard try query(statement), let result = try result() else { return nil }
        defer { mysql_free_result(result) }
        let columns = Int(mysql_num_fields(result))
        var rows: [[String?]] = []
        while let row = mysql_fetch_row(result) {
            guard let lengths = mysql_fetch_lengths(result) else { return nil }
            rows.append(
                (0..<columns).map { column in
                    row[column].map { start in
                        let bytes = UnsafeRawBufferPointer(start: start, count: Int(lengths[column]))
                        return String(decoding: bytes, as: UTF8.self)
                    }
                })
        }
        return rows
    }

    /// All rows of a small result, by the names of its columns in lower case; NULL is left out. Nil where the statement fails.
    func namedRows(_ statement: String) throws -> [[String: String]]? {
        guard try query(statement), let result = try result() else { return nil }
        defer { mysql_free_result(result) }
        let columns = Int(mysql_num_fields(result))
        guard let fields = mysql_fetch_fields(result) else { return nil }
        let names = (0..<columns).map { String(cString: fields[$0].name).lowercased() }
        var rows: [[String: String]] = []
        while let row = mysql_fetch_row(result) {
            var values: [String: String] = [:]
            for (column, name) in names.enumerated() { values[name] = row[column].map { String(cString: $0) } }
            rows.append(values)
        }
        return rows
    }

    // MARK: Connecting

    private func connectError(
        _ pointer: UnsafeMutablePointer<MYSQL>, _ options: MariaDBOptions, _ login: MariaDBLogin, schema: String?
    ) -> any Error {
        if let failure = opening?.failure { return failure }
        var (code, message) = (Int(mysql_errno(pointer)), String(cString: mysql_error(pointer)))
        switch inspector.fault {
        case .noTLS?:
            (code, message) = (Int(CR_SSL_CONNECTION_ERROR), "TLS is asked for, but the server does not support it")
        case let fault?: return fault.error(statement: nil, place: place)
        case nil: break
        }
        if let address = options.address {
            // The library knows the address alone.
            message = message.replacing("'\(address)'", with: "'\(options.location.host)'")
        }
        var text: DisplayText?
        if code == CR_PLUGIN_NOT_ALLOWED {
            // The library's own words name another plugin, or what has been in its memory.
            let name = inspector.plugin?.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ?? "another"
            let words: DisplayText =
                "the server asks for the password itself (plugin '\(name)'), and has not proved that it is the right one"
            (text, message) = (words, words.string)
        }
        return MariaDBConnection.connectError(
            code: code, message: message, text: text, options,
            account: { schema == nil ? nil : Self.account(options, login) })
    }

    /// The account of a user whom the server has let in, but not into the schema: found out on a connection without one.
    private static func account(_ options: MariaDBOptions, _ login: MariaDBLogin) -> HeldGrants? {
        guard let handle = try? MariaDBHandle(options, login, schema: nil) else { return nil }
        return HeldGrants(handle)
    }

    /// Bytes of the stack on which the library connects: the machine's own way to look up names runs on it too.
    private static let stack = 1 << 19

    private static func configure(_ pointer: UnsafeMutablePointer<MYSQL>, _ options: MariaDBOptions) {
        var off: Int8 = 0
        var on: Int8 = 1
        var localInfile: UInt32 = 0
        var connectTimeout = options.connectTimeout
        var readTimeout = options.readTimeout
        var writeTimeout = options.writeTimeout
        var largestPacket = UInt(WireInspector.largestPacket)
        var stack = stack
        mysql_options(pointer, MYSQL_OPT_NONBLOCK, &stack)
        mysql_options(pointer, MYSQL_OPT_CONNECT_TIMEOUT, &connectTimeout)
        mysql_options(pointer, MYSQL_OPT_READ_TIMEOUT, &readTimeout)
        mysql_options(pointer, MYSQL_OPT_WRITE_TIMEOUT, &writeTimeout)
        mysql_options(pointer, MYSQL_OPT_MAX_ALLOWED_PACKET, &largestPacket)
        mysql_options(pointer, MYSQL_OPT_LOCAL_INFILE, &localInfile)
        mysql_options(pointer, MYSQL_OPT_RECONNECT, &off)
        mysql_options(pointer, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        mysql_options(pointer, MYSQL_REPORT_DATA_TRUNCATION, &on)
        // By default the library uses the default socket for localhost even where a port is given.
        var way = options.location.isLocalSocket ? MYSQL_PROTOCOL_SOCKET.rawValue : MYSQL_PROTOCOL_TCP.rawValue
        mysql_options(pointer, MYSQL_OPT_PROTOCOL, &way)
    }
}
