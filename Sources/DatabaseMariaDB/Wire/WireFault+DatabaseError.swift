import CMariaDB
import Database
import ErrorModel

extension WireFault {
    /// The error that ends the connection.
    func error(statement: String?, place: String) -> DatabaseError {
        switch self {
        case .malformed(let what):
            DatabaseError(
                kind: .unsupportedServer, engine: .mariadb, code: Int(CR_MALFORMED_PACKET),
                message: "the server's answer is not what MariaDB sends: \(DisplayText.term(what))",
                statement: statement, place: place,
                advice: Self.lookBetween)
        case .tooMuch(let limit):
            DatabaseError(
                kind: .unsupportedServer, engine: .mariadb, code: Int(CR_MALFORMED_PACKET),
                message: "the server's answer does not end: it has more than \(limit) bytes", statement: statement,
                place: place, advice: Self.lookBetween)
        case .tooLarge(let limit):
            DatabaseError(
                kind: .dataTooLong, engine: .mariadb, code: Int(CR_NET_PACKET_TOO_LARGE),
                message: "a row is larger than \(limit) bytes, the most that is read", statement: statement,
                place: place, advice: .text("Shorten the row's texts; no text of a catalogue is as long"))
        case .noTLS:
            DatabaseError(
                kind: .tls, engine: .mariadb, code: Int(CR_SSL_CONNECTION_ERROR),
                message: "TLS is asked for, but the server does not support it", place: place)
        }
    }

    private static let lookBetween = Remedy.text(
        "Check that host, port or socket in the URL are those of a MariaDB, and what is between it and this machine")
}
