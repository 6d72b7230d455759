import CMariaDB

/// The MariaDB client library (Connector/C) that is loaded, which need not be the one that the program was built with.
enum ClientLibrary {
    /// `3.4.10`.
    static var version: String { String(cString: mysql_get_client_info()) }

    /// From 3.4 on the library takes this machine's own addresses as they are, and lets a server prove itself by the
    /// account's password.
    static var isFrom34: Bool {
        let numbers = version.split(separator: ".").prefix(2).map { Int($0) ?? 0 }
        return numbers.count == 2 && (numbers[0], numbers[1]) >= (3, 4)
    }

    /// Whether the library trusts `host` as this machine's own address, whatever certificate it shows. Names do not count:
    /// `localhost` over TCP is verified.
    static func trustsAddress(_ host: String) -> Bool {
        isFrom34 && (host == "127.0.0.1" || host == "::1")
    }
}
