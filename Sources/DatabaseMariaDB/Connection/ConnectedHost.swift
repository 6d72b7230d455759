import Database
import Glibc

/// The host of a connection as the client library is told of it, in memory that stays where it is.
///
/// Of a name's addresses one can be meant. The library connects to what it is told, and copies it once the server's greeting has
/// come: what it compares the certificate with is that copy. So the memory holds the address first, and the name from the
/// greeting's first bytes on. A library that copied it earlier would compare with the address, and refuse the server.
final class ConnectedHost {
    let pointer: UnsafeMutablePointer<CChar>
    /// Whether the library is told an address in place of the name.
    let isKnownByAddress: Bool
    private let name: String

    /// - Parameter address: the one of the host's that is meant; nil for the first that the library finds.
    init(_ location: MariaDBURL, address: String?) {
        // The library uses a socket only for this host name.
        name = location.isLocalSocket ? "localhost" : location.host
        isKnownByAddress = address != nil && !location.isLocalSocket
        let first = isKnownByAddress ? address ?? name : name
        pointer = .allocate(capacity: max(name.utf8.count, first.utf8.count) + 1)
        strcpy(pointer, first)
    }

    deinit { pointer.deallocate() }

    /// The library is connected: from here on it may know the name.
    func showName() {
        if isKnownByAddress { strcpy(pointer, name) }
    }
}
